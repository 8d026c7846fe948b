import { describe, expect, it } from 'vitest';
import { reportEvent } from '../../../../src/backend/launch/report-event.ts';
import { requestLaunch } from '../../../../src/backend/launch/request-launch.ts';
import type { LaunchEvent } from '../../../../src/contract/launch-request.ts';
import { AGENT, agentId, LAUNCH, REQUEST } from '../fixtures.ts';
import { CALLER, createLaunchFixture } from './launch-fixture.ts';

const AT = '2026-03-01T12:00:01.000Z';

const issued = async () => {
  const { deps, entries } = createLaunchFixture();
  await requestLaunch(deps, CALLER, REQUEST);
  entries.length = 0;
  const report = (type: LaunchEvent['type'], more: Partial<LaunchEvent> = {}, caller = CALLER) =>
    reportEvent(deps, caller, LAUNCH, { type, occurredAt: AT, ...more });
  return { entries, report };
};

describe('an event of a launch', () => {
  it('moves the launch on and has its row', async () => {
    const { entries, report } = await issued();
    expect(await report('opened')).toMatchObject({ state: 'opened' });
    expect(await report('landed')).toMatchObject({ state: 'landed' });
    expect(await report('ended', { cause: 'agent' })).toMatchObject({ state: 'ended' });
    expect(entries.map(({ type }) => type)).toEqual([
      'launch_opened',
      'launch_landed',
      'launch_ended',
    ]);
  });

  it('keeps the origin and error that were seen', async () => {
    const { entries, report } = await issued();
    const seen = { origin: 'https://customers.example', error: 'access_denied' };
    await report('not_landed', { seen });
    expect(entries[0]).toMatchObject({
      seenOrigin: 'https://customers.example',
      seenError: 'access_denied',
    });
  });

  it('of landing keeps whether the extension saw it or the agent said so', async () => {
    const { entries, report } = await issued();
    await report('not_landed');
    expect(await report('landed', { seen: { by: 'agent' } })).toMatchObject({
      state: 'landed',
      landedBy: 'agent',
    });
    expect(entries[1]).toMatchObject({ type: 'launch_landed', landedBy: 'agent' });
  });

  it('of landing names the tab when the extension does not say who saw it', async () => {
    const { report } = await issued();
    expect(await report('landed')).toMatchObject({ landedBy: 'tab' });
  });

  it('told twice has one row', async () => {
    const { entries, report } = await issued();
    await report('opened');
    expect(await report('opened')).toMatchObject({ state: 'opened' });
    expect(entries).toHaveLength(1);
  });

  it('that cannot follow is refused without a row', async () => {
    const { entries, report } = await issued();
    await report('ended');
    expect(await report('landed')).toMatchObject({ code: 'launch_state_conflict' });
    expect(entries).toHaveLength(1);
  });

  it("of another agent's launch is unknown, and that is recorded", async () => {
    const { entries, report } = await issued();
    const agent = { ...AGENT, id: agentId('auth0|other') };
    expect(await report('ended', {}, { ...CALLER, agent })).toMatchObject({
      code: 'launch_not_found',
    });
    expect(entries).toMatchObject([
      { type: 'request_refused', launchId: LAUNCH, code: 'launch_not_found' },
    ]);
  });
});

it('that a launch is given up while the tenant is asked leaves its token with nobody', async () => {
  const { deps, entries, askTenant } = createLaunchFixture();
  askTenant.mockImplementation(async () => {
    await reportEvent(deps, CALLER, LAUNCH, { type: 'not_landed', occurredAt: AT });
    return { token: 'secret-token', expiresInSeconds: 60 };
  });
  expect(await requestLaunch(deps, CALLER, REQUEST)).toMatchObject({
    code: 'launch_state_conflict',
  });
  expect(entries.map(({ type }) => type)).toEqual(['launch_requested', 'launch_not_landed']);
});

it('is unknown for a launch that was never asked for', async () => {
  const { deps } = createLaunchFixture();
  const event = { type: 'opened', occurredAt: AT } as const;
  expect(await reportEvent(deps, CALLER, LAUNCH, event)).toMatchObject({
    code: 'launch_not_found',
  });
});
