import { describe, expect, it, vi } from 'vitest';
import { endLaunch } from '../../../../src/backend/launch/end-launch.ts';
import { requestLaunch } from '../../../../src/backend/launch/request-launch.ts';
import type { SessionEnd } from '../../../../src/backend/ports/tenant.ts';
import { TenantUnavailableError } from '../../../../src/backend/ports/tenant-errors.ts';
import { AGENT, agentId, LAUNCH, NOW, REQUEST } from '../fixtures.ts';
import { CALLER, createLaunchFixture } from './launch-fixture.ts';

const SUPERVISOR = {
  ...CALLER,
  agent: { id: agentId('auth0|supervisor'), permissions: ['end:launches' as const] },
};

const setUp = async (answer: () => Promise<SessionEnd>, isConfirmed = true) => {
  const { deps, entries } = createLaunchFixture();
  await requestLaunch(deps, CALLER, REQUEST);
  if (isConfirmed) {
    await deps.ledger.advance({
      type: 'launch_confirmed',
      launchId: LAUNCH,
      requestId: 'r',
      confirmedBy: 'actor',
      sessionId: 'session-1',
      sessionEndsAt: NOW,
    });
  }
  entries.length = 0;
  const end = vi.fn(answer);
  return { entries, end, deps: { ...deps, tenant: { sessions: { end } } } };
};

describe('ending a launch', () => {
  it('deletes the session that the tenant’s log told, and records who ended it', async () => {
    const { deps, end, entries } = await setUp(async () => 'gone');
    expect(await endLaunch(deps, CALLER, LAUNCH)).toMatchObject({
      tenantSession: 'gone',
      launch: { state: 'ended', cause: 'agent' },
    });
    expect(end).toHaveBeenCalledExactlyOnceWith('session-1');
    expect(entries).toMatchObject([{ endedBy: 'auth0|agent', tenantSession: 'gone' }]);
  });

  it('of somebody else names whoever held the permission', async () => {
    const { deps, entries } = await setUp(async () => 'gone');
    expect(await endLaunch(deps, SUPERVISOR, LAUNCH)).toMatchObject({
      launch: { cause: 'supervisor', agentId: 'auth0|agent' },
    });
    expect(entries).toMatchObject([{ endedBy: 'auth0|supervisor', cause: 'supervisor' }]);
  });

  it('of somebody else without the permission is unknown', async () => {
    const { deps, end, entries } = await setUp(async () => 'gone');
    const agent = { ...AGENT, id: agentId('auth0|other') };
    expect(await endLaunch(deps, { ...CALLER, agent }, LAUNCH)).toMatchObject({
      code: 'launch_not_found',
    });
    expect(end).not.toHaveBeenCalled();
    expect(entries).toMatchObject([{ type: 'request_refused', code: 'launch_not_found' }]);
  });

  it.each<[string, () => Promise<SessionEnd>, string]>([
    ['says that it is still there', async () => 'still_there', 'still_there'],
    ['cannot be asked on this plan', async () => 'not_in_plan', 'not_in_plan'],
    ['does not answer', () => Promise.reject(new TenantUnavailableError('down')), 'unknown'],
  ])('is recorded when the tenant %s, and says so', async (_name, answer, tenantSession) => {
    const { deps, entries } = await setUp(answer);
    expect(await endLaunch(deps, CALLER, LAUNCH)).toMatchObject({
      tenantSession,
      launch: { state: 'ended' },
    });
    expect(entries).toHaveLength(1);
  });

  it('without a known session asks the tenant for nothing', async () => {
    const { deps, end } = await setUp(async () => 'gone', false);
    expect(await endLaunch(deps, CALLER, LAUNCH)).toMatchObject({ tenantSession: 'unknown' });
    expect(end).not.toHaveBeenCalled();
  });

  it('twice has one row', async () => {
    const { deps, entries } = await setUp(async () => 'gone');
    await endLaunch(deps, CALLER, LAUNCH);
    expect(await endLaunch(deps, CALLER, LAUNCH)).toMatchObject({ launch: { state: 'ended' } });
    expect(entries).toHaveLength(1);
  });
});
