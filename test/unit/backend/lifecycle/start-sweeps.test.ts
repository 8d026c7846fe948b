import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { requestLaunch } from '../../../../src/backend/launch/request-launch.ts';
import { startSweeps } from '../../../../src/backend/lifecycle/start-sweeps.ts';
import type { AgentStanding } from '../../../../src/backend/ports/tenant.ts';
import { createFakeTenant } from '../fake-tenant.ts';
import { agentId, CUSTOMER, launchId, REQUEST } from '../fixtures.ts';
import { CALLER, createLaunchFixture } from '../launch/launch-fixture.ts';

const GOOD: AgentStanding = { isBlocked: false, roles: ['Support Agent'] };
const OTHER_AGENT = { ...CALLER, agent: { ...CALLER.agent, id: agentId('auth0|other') } };
const OTHER_REQUEST = { ...REQUEST, id: launchId('6f1d3a0e-2b64-4f0e-9d55-0a4a3c1b7e02') };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sweeps over two open launches, with a tenant that says how an agent stands when the test lets it. */
const sweepTwoLaunches = async (standing: () => Promise<AgentStanding>) => {
  const { agents } = createFakeTenant();
  const { deps } = createLaunchFixture({
    tenant: createFakeTenant({ agents: { ...agents, standing } }),
  });
  await requestLaunch(deps, CALLER, REQUEST);
  await requestLaunch(deps, OTHER_AGENT, OTHER_REQUEST);
  const customers = { ...deps.customers, load: async () => CUSTOMER };
  return startSweeps({ ...deps, customers, agentRoles: ['Support Agent'] });
};

describe('sweeps', () => {
  it('begin when the process does, for one that is restarted every minute sweeps as well', async () => {
    const standing = vi.fn(async () => GOOD);
    const { stop } = await sweepTwoLaunches(standing);
    await vi.advanceTimersByTimeAsync(0);
    expect(standing).toHaveBeenCalled();
    await stop();
  });

  it('stop before their next launch, and not before the one under way is over', async () => {
    const answer = Promise.withResolvers<AgentStanding>();
    const standing = vi.fn(() => answer.promise);
    const { stop } = await sweepTwoLaunches(standing);
    await vi.advanceTimersByTimeAsync(0);
    let isOver = false;
    const stopped = stop().then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(isOver).toBe(false);
    answer.resolve(GOOD);
    await stopped;
    expect(standing).toHaveBeenCalledTimes(1);
  });
});
