import { describe, expect, it } from 'vitest';
import type { LaunchLimits } from '../../../../../src/backend/ports/launch-limits.ts';
import type { LaunchFacts } from '../../../../../src/backend/ports/ledger.ts';
import { agentId, customerId, launchId, organizationId, targetAppId } from '../../fixtures.ts';
import { facts, type LedgerUnderTest, RIVAL } from './ledger-under-test.ts';

/** How launches are counted, and limited by their number. */
export const countedLaunchesSuite = (tried: LedgerUnderTest): void => {
  it("counts an agent's launches of the last hour and their sessions, not refused or replaced ones", async () => {
    const agent = agentId(`auth0|${crypto.randomUUID()}`);
    const other = crypto.randomUUID();
    const refused = crypto.randomUUID();
    for (const [launch, place] of [
      [tried.id, 'shop'],
      [other, 'desk'],
    ] as const) {
      await tried.ledger.claim({
        type: 'launch_requested',
        launch: facts(launch, { agentId: agent, targetAppId: targetAppId(place) }),
        rival: RIVAL,
      });
    }
    await tried.ledger.claim({
      type: 'launch_refused',
      launch: facts(refused, { agentId: agent }),
      code: 'reason_required',
    });
    await tried.issued();
    const requestedAt =
      (await tried.ledger.findLaunch(launchId(tried.id)))?.launch.requestedAt ?? '';
    const now = new Date(Date.parse(requestedAt) + 1_000);
    const inTwoHours = new Date(now.getTime() + 2 * 3_600_000);
    expect(await tried.ledger.countLaunches(agent, now, [])).toEqual({ lastHour: 2, active: 1 });
    expect(await tried.ledger.countLaunches(agent, now, [launchId(tried.id)])).toEqual({
      lastHour: 1,
      active: 0,
    });
    expect(await tried.ledger.countLaunches(agent, inTwoHours, [])).toEqual({
      lastHour: 0,
      active: 1,
    });
    expect(await tried.ledger.countLaunches(agentId('auth0|nobody'), now, [])).toEqual({
      lastHour: 0,
      active: 0,
    });
  });

  describe('under limits', () => {
    const claim = (changes: Partial<LaunchFacts>, limits: LaunchLimits) =>
      tried.ledger.claim({
        type: 'launch_requested',
        launch: facts(crypto.randomUUID(), {
          agentId: agentId(`auth0|${tried.id}`),
          customerId: customerId(`auth0|customer-${tried.id}`),
          ...changes,
        }),
        rival: RIVAL,
        limits,
      });
    const desk = { targetAppId: targetAppId('desk') };
    const somebody = () => ({ agentId: agentId(`auth0|${crypto.randomUUID()}`) });
    const anybody = () => customerId(`auth0|${crypto.randomUUID()}`);

    it.each<[string, LaunchLimits]>([
      ['perHour', { perHour: 1 }],
      ['active', { active: 1 }],
      ['perCustomer', { perCustomer: 1 }],
    ])('a launch over %s is not begun, and ends nothing', async (overLimit, limits) => {
      expect(await claim({}, limits)).toBe('recorded');
      const rows = await tried.countRows();
      expect(await claim(desk, limits)).toEqual({ overLimit });
      expect(await tried.countRows()).toBe(rows);
      expect(await claim(desk, {})).toBe('recorded');
    });

    it('a launch that takes the place of another does not count against itself', async () => {
      const limits = { perHour: 1, active: 1, perCustomer: 1 };
      expect(await claim({}, limits)).toBe('recorded');
      expect(await claim({}, limits)).toBe('recorded');
    });

    it('another agent and another customer are counted apart', async () => {
      const limits = { perHour: 1, active: 1, perCustomer: 1 };
      expect(await claim({}, limits)).toBe('recorded');
      expect(await claim({ ...somebody(), customerId: anybody() }, limits)).toBe('recorded');
      expect(await claim({ ...somebody() }, limits)).toEqual({ overLimit: 'perCustomer' });
    });

    it('an organization is counted over all agents and customers', async () => {
      const organization = organizationId(`org_${tried.id}`);
      const inside = () => ({
        ...somebody(),
        customerId: anybody(),
        organizationId: organization,
      });
      const limits = { perOrganization: 2 };
      expect(await claim(inside(), limits)).toBe('recorded');
      expect(await claim(inside(), limits)).toBe('recorded');
      expect(await claim(inside(), limits)).toEqual({ overLimit: 'perOrganization' });
      expect(await claim({ ...somebody(), customerId: anybody() }, limits)).toBe('recorded');
    });

    it('of many that ask at the same time as many begin as are allowed', async () => {
      const asked = Array.from({ length: 20 }, (_, index) =>
        claim({ targetAppId: targetAppId(`app-${index}`), customerId: anybody() }, { active: 5 }),
      );
      const outcomes = await Promise.all(asked);
      expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(5);
    });
  });
};
