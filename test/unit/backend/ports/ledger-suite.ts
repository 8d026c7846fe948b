import { beforeEach, describe, expect, it } from 'vitest';
import type { LaunchLimits } from '../../../../src/backend/ports/launch-limits.ts';
import type { LaunchFacts, Ledger, RecordedLaunch } from '../../../../src/backend/ports/ledger.ts';
import { agentId, customerId, launchId, NOW, organizationId, targetAppId } from '../fixtures.ts';

const facts = (id: string, changes: Partial<LaunchFacts> = {}): LaunchFacts => ({
  launchId: launchId(id),
  agentId: agentId('auth0|agent'),
  agentIp: '203.0.113.7',
  customerId: customerId('auth0|nora'),
  customerName: 'Nora',
  targetAppId: targetAppId('shop'),
  requestId: 'r-1',
  ...changes,
});

const LATER = new Date('2999-01-01T00:00:00Z');
const WINDOW = { redeemableUntil: LATER, lookDueUntil: LATER };
const RIVAL = { endedAt: NOW, ...WINDOW };

/** What every ledger must do. `open` gives one that other tests may have written to. */
export const ledgerSuite = (name: string, open: () => Promise<Ledger>): void => {
  describe(`${name} as a ledger`, () => {
    let ledger: Ledger;
    let id: string;
    beforeEach(async () => {
      ledger = await open();
      id = crypto.randomUUID();
    });

    const requested = () =>
      ledger.claim({ type: 'launch_requested', launch: facts(id), rival: RIVAL });
    const issued = () =>
      ledger.advance({
        type: 'launch_issued',
        launchId: launchId(id),
        requestId: 'r-1',
        tokenSha256Prefix: '0123456789abcdef',
        sessionEndsAt: LATER,
        ...WINDOW,
      });
    const countRows = async () => {
      let count = 0;
      for await (const _row of ledger.rows()) {
        count += 1;
      }
      return count;
    };

    it('records an intent', async () => {
      expect(await requested()).toBe('recorded');
      expect((await ledger.findLaunch(launchId(id)))?.launch).toMatchObject({
        id,
        agentId: 'auth0|agent',
        customerId: 'auth0|nora',
        customerName: 'Nora',
        state: 'requested',
      });
    });

    it('keeps what was decided, and by which rules, with the launch', async () => {
      const decision = {
        grant: { mode: 'full', minutes: 8 },
        policies: ['agents'],
        policyHash: (await ledger.policyInForce()) ?? 'a-version',
      } as const;
      await ledger.claim({ type: 'launch_requested', launch: facts(id), rival: RIVAL, decision });
      expect((await ledger.findLaunch(launchId(id)))?.launch).toMatchObject(decision);
      await issued();
      const listed = await ledger.listLaunches({ agentId: agentId('auth0|agent'), activeAt: NOW });
      expect(listed.find((launch) => launch.id === id)).toMatchObject(decision);
    });

    it('takes a launch id once, whatever row comes first', async () => {
      await ledger.claim({ type: 'launch_refused', launch: facts(id), code: 'reason_required' });
      const rows = await countRows();
      expect(await requested()).toBe('already_requested');
      expect(await countRows()).toBe(rows);
      expect((await ledger.findLaunch(launchId(id)))?.launch).toMatchObject({
        state: 'refused',
        code: 'reason_required',
      });
    });

    it('takes a launch id once for all agents', async () => {
      await requested();
      const launch = facts(id, { agentId: agentId('auth0|other') });
      expect(await ledger.claim({ type: 'launch_requested', launch, rival: RIVAL })).toBe(
        'already_requested',
      );
      expect((await ledger.findLaunch(launchId(id)))?.launch.agentId).toBe('auth0|agent');
    });

    it('takes a launch id once among many that ask at the same time', async () => {
      const outcomes = await Promise.all(Array.from({ length: 20 }, requested));
      expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(1);
    });

    it('carries a launch on', async () => {
      await requested();
      expect(await issued()).toBe('recorded');
      expect((await ledger.findLaunch(launchId(id)))?.launch).toMatchObject({
        state: 'issued',
        sessionEndsAt: '2999-01-01T00:00:00.000Z',
      });
    });

    it('records nothing when the launch is in another state', async () => {
      await requested();
      await issued();
      const rows = await countRows();
      expect(await issued()).toBe('wrong_state');
      expect(await countRows()).toBe(rows);
    });

    it('records nothing for a launch that it does not know', async () => {
      expect(await issued()).toBe('wrong_state');
    });

    it('knows what only the backend may know of a launch', async () => {
      await requested();
      await issued();
      await ledger.advance({
        type: 'launch_confirmed',
        launchId: launchId(id),
        requestId: 'r-2',
        confirmedBy: 'match',
        sessionId: 'session-1',
        sessionEndsAt: LATER,
      });
      const found = await ledger.findLaunch(launchId(id));
      expect(found).toMatchObject({
        agentIp: '203.0.113.7',
        sessionId: 'session-1',
        launch: { state: 'confirmed', confirmedBy: 'match' },
      });
      expect(found?.issuedAt).toBeInstanceOf(Date);
      expect(JSON.stringify(found?.launch)).not.toMatch(/session-1|203\.0/);
    });

    it('keeps who saw a launch land, also where that does not change its state', async () => {
      await requested();
      await issued();
      const step = { launchId: launchId(id), requestId: 'r-2' };
      await ledger.advance({ ...step, type: 'launch_opened', occurredAt: NOW });
      await ledger.advance({ ...step, type: 'launch_unconfirmed' });
      const landed = {
        ...step,
        type: 'launch_landed',
        occurredAt: NOW,
        landedBy: 'agent',
      } as const;
      expect(await ledger.advance(landed)).toBe('recorded');
      expect((await ledger.findLaunch(launchId(id)))?.launch).toMatchObject({
        state: 'unconfirmed',
        landedBy: 'agent',
      });
    });

    it('keeps when and why a session ended', async () => {
      await requested();
      await issued();
      const ended = {
        type: 'launch_ended',
        launchId: launchId(id),
        requestId: 'r-2',
        occurredAt: NOW,
        cause: 'agent',
        endedBy: agentId('auth0|agent'),
        verifiedBy: 'extension',
      } as const;
      expect(await ledger.advance(ended)).toBe('recorded');
      expect((await ledger.findLaunch(launchId(id)))?.launch).toMatchObject({
        state: 'ended',
        cause: 'agent',
        endedAt: '2026-03-01T12:00:00.000Z',
      });
    });

    it('lists active launches of one agent only', async () => {
      const somebody = agentId(`auth0|${id}`);
      await ledger.claim({
        type: 'launch_requested',
        launch: facts(id, { agentId: somebody }),
        rival: RIVAL,
      });
      expect(await ledger.listLaunches({ agentId: somebody, activeAt: NOW })).toEqual([]);
      await issued();
      const active = await ledger.listLaunches({ agentId: somebody, activeAt: NOW });
      expect(active.map((launch) => launch.id)).toEqual([id]);
      expect(await ledger.listLaunches({ agentId: somebody, activeAt: LATER })).toEqual([]);
    });

    it('ends the open launch that a new one could not be told from, in the same step', async () => {
      await requested();
      await issued();
      const next = facts(crypto.randomUUID());
      await ledger.claim({ type: 'launch_requested', launch: next, rival: RIVAL });
      expect((await ledger.findLaunch(launchId(id)))?.launch).toMatchObject({
        state: 'ended',
        cause: 'replaced',
        endedAt: '2026-03-01T12:00:00.000Z',
        lookDueUntil: '2999-01-01T00:00:00.000Z',
      });
      expect((await ledger.findLaunch(next.launchId))?.launch.state).toBe('requested');
    });

    it('interrupts a launch whose token is being asked for when a new one takes its place', async () => {
      await requested();
      const launch = facts(crypto.randomUUID());
      await ledger.claim({ type: 'launch_requested', launch, rival: RIVAL });
      expect((await ledger.findLaunch(launchId(id)))?.launch.state).toBe('interrupted');
      expect(await issued()).toBe('wrong_state');
    });

    it.each<[string, Partial<LaunchFacts>]>([
      ['agent', { agentId: agentId('auth0|other') }],
      ['customer', { customerId: customerId('auth0|uma') }],
      ['app', { targetAppId: targetAppId('desk') }],
      ['organization', { organizationId: organizationId('org_1') }],
      ['address', { agentIp: '198.51.100.1' }],
    ])('leaves an open launch alone when a new one differs in its %s', async (_name, changes) => {
      await requested();
      await issued();
      const launch = facts(crypto.randomUUID(), changes);
      await ledger.claim({ type: 'launch_requested', launch, rival: RIVAL });
      expect((await ledger.findLaunch(launchId(id)))?.launch.state).toBe('issued');
    });

    it('ends nothing for a launch that is refused, or whose id is taken', async () => {
      await requested();
      await issued();
      const refused = facts(crypto.randomUUID());
      await ledger.claim({ type: 'launch_refused', launch: refused, code: 'reason_required' });
      expect(await requested()).toBe('already_requested');
      expect((await ledger.findLaunch(launchId(id)))?.launch.state).toBe('issued');
    });

    it('knows for which launches a look is due, and which tokens can have been redeemed when', async () => {
      await requested();
      await issued();
      const isThis = ({ launch }: RecordedLaunch) => launch.id === id;
      expect((await ledger.listLookedFor(NOW)).some(isThis)).toBe(true);
      expect((await ledger.listLookedFor(LATER)).some(isThis)).toBe(false);
      const long = new Date('2998-01-01T00:00:00Z');
      expect((await ledger.listRedeemable(long, LATER)).some(isThis)).toBe(true);
      expect((await ledger.listRedeemable(LATER, LATER)).some(isThis)).toBe(false);
    });

    it('goes on listing an opened launch whose look is over, until it is unconfirmed', async () => {
      await requested();
      await issued();
      const step = { launchId: launchId(id), requestId: 'r-2' };
      await ledger.advance({ ...step, type: 'launch_opened', occurredAt: NOW });
      const isThis = ({ launch }: RecordedLaunch) => launch.id === id;
      expect((await ledger.listLookedFor(LATER)).some(isThis)).toBe(true);
      await ledger.advance({ ...step, type: 'launch_unconfirmed' });
      expect((await ledger.listLookedFor(LATER)).some(isThis)).toBe(false);
    });

    it('keeps which launch a session belongs to and what the tenant said of it, and ends its look', async () => {
      await requested();
      await issued();
      const sessionId = `session-${id}`;
      await ledger.advance({
        type: 'session_found',
        launchId: launchId(id),
        requestId: 'r-2',
        sessionId,
        sessionEndsAt: LATER,
        tenantSession: 'gone',
        lookOver: true,
      });
      expect(await ledger.listBySession(sessionId)).toEqual([id]);
      const found = await ledger.findLaunch(launchId(id));
      expect(found).toMatchObject({
        sessionId,
        launch: { state: 'issued', tenantSession: 'gone', sessionEndsAt: LATER.toISOString() },
      });
      expect(Date.parse(found?.launch.lookDueUntil ?? '')).toBeLessThanOrEqual(Date.now());
    });

    it('keeps no session for a launch that may not have made it', async () => {
      await requested();
      await issued();
      const sessionId = `session-${id}`;
      await ledger.advance({
        type: 'session_found',
        launchId: launchId(id),
        requestId: 'r-2',
        sessionId,
        ambiguous: true,
      });
      expect(await ledger.listBySession(sessionId)).toEqual([]);
      expect((await ledger.findLaunch(launchId(id)))?.launch.ambiguous).toBe(true);
    });

    it('lists the launches of everybody that may have a session', async () => {
      await requested();
      const isThis = ({ launch }: RecordedLaunch) => launch.id === id;
      expect((await ledger.listOpen(NOW)).some(isThis)).toBe(false);
      await issued();
      expect((await ledger.listOpen(NOW)).some(isThis)).toBe(true);
      expect((await ledger.listOpen(LATER)).some(isThis)).toBe(false);
    });

    it('gives a duty to one process, which can keep it', async () => {
      expect(await ledger.holdDuty('follow_log', 60_000)).toBe(true);
      expect(await ledger.holdDuty('follow_log', 60_000)).toBe(true);
    });

    it('marks launches as interrupted whose process died before the outcome, and no others', async () => {
      await requested();
      expect(await ledger.markInterrupted(new Date('1999-01-01T00:00:00Z'), WINDOW)).toBe(0);
      expect(await ledger.markInterrupted(LATER, WINDOW)).toBeGreaterThanOrEqual(1);
      expect((await ledger.findLaunch(launchId(id)))?.launch).toMatchObject({
        state: 'interrupted',
      });
      expect(await issued()).toBe('wrong_state');
    });

    it('does not know a launch that was never asked for', async () => {
      expect(await ledger.findLaunch(launchId(id))).toBeUndefined();
    });

    it('records that an agent opened an app as themselves', async () => {
      const rows = await countRows();
      await ledger.record({
        type: 'own_session',
        agentId: agentId('auth0|agent'),
        agentIp: '203.0.113.7',
        targetAppId: targetAppId('shop'),
        requestId: 'r-4',
      });
      expect(await countRows()).toBe(rows + 1);
    });

    it('records a refusal that belongs to no launch', async () => {
      const rows = await countRows();
      await ledger.record({
        type: 'request_refused',
        agentId: agentId('auth0|trainee'),
        agentIp: '203.0.113.7',
        code: 'permission_denied',
        requestId: 'r-3',
      });
      expect(await countRows()).toBe(rows + 1);
    });

    it('holds text that breaks naive storage', async () => {
      const customerName = 'a\u0000b\ud800c\u202ed<script>\'";--\u{1f600}';
      const launch = facts(id, { customerName, reason: '\u0000' });
      expect(await ledger.claim({ type: 'launch_requested', launch, rival: RIVAL })).toBe(
        'recorded',
      );
    });

    describe('under limits', () => {
      const claim = (changes: Partial<LaunchFacts>, limits: LaunchLimits) =>
        ledger.claim({
          type: 'launch_requested',
          launch: facts(crypto.randomUUID(), {
            agentId: agentId(`auth0|${id}`),
            customerId: customerId(`auth0|customer-${id}`),
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
        const rows = await countRows();
        expect(await claim(desk, limits)).toEqual({ overLimit });
        expect(await countRows()).toBe(rows);
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
        const organization = organizationId(`org_${id}`);
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

    it('lists the launches whose time is over and that are not', async () => {
      await requested();
      await issued();
      const ids = async (at: Date) => (await ledger.listExpired(at)).map(({ launch }) => launch.id);
      expect(await ids(new Date(LATER.getTime() - 1))).not.toContain(id);
      expect(await ids(LATER)).toContain(id);
    });

    it("counts an agent's launches of the last hour and their sessions, not refused or replaced ones", async () => {
      const agent = agentId(`auth0|${crypto.randomUUID()}`);
      const other = crypto.randomUUID();
      const refused = crypto.randomUUID();
      for (const [launch, place] of [
        [id, 'shop'],
        [other, 'desk'],
      ] as const) {
        await ledger.claim({
          type: 'launch_requested',
          launch: facts(launch, { agentId: agent, targetAppId: targetAppId(place) }),
          rival: RIVAL,
        });
      }
      await ledger.claim({
        type: 'launch_refused',
        launch: facts(refused, { agentId: agent }),
        code: 'reason_required',
      });
      await issued();
      const requestedAt = (await ledger.findLaunch(launchId(id)))?.launch.requestedAt ?? '';
      const now = new Date(Date.parse(requestedAt) + 1_000);
      const inTwoHours = new Date(now.getTime() + 2 * 3_600_000);
      expect(await ledger.countLaunches(agent, now, [])).toEqual({ lastHour: 2, active: 1 });
      expect(await ledger.countLaunches(agent, now, [launchId(id)])).toEqual({
        lastHour: 1,
        active: 0,
      });
      expect(await ledger.countLaunches(agent, inTwoHours, [])).toEqual({ lastHour: 0, active: 1 });
      expect(await ledger.countLaunches(agentId('auth0|nobody'), now, [])).toEqual({
        lastHour: 0,
        active: 0,
      });
    });

    it('has one version of the rules in force, and begins no launch by another one', async () => {
      const [first, second] = [`first-${id}`, `second-${id}`];
      const claimBy = (policyHash: string) =>
        ledger.claim({
          type: 'launch_requested',
          launch: facts(crypto.randomUUID()),
          rival: RIVAL,
          decision: { policyHash },
        });
      expect(await ledger.claimPolicy(first, false)).toBe(true);
      expect(await claimBy(first)).toBe('recorded');
      expect(await ledger.claimPolicy(second, false)).toBe(true);
      expect(await ledger.policyInForce()).toBe(second);
      expect(await claimBy(first)).toBe('policy_behind');
      expect(await claimBy(second)).toBe('recorded');
      // A replica that starts with the old version is behind; somebody who changes back is not.
      expect(await ledger.claimPolicy(first, false)).toBe(false);
      expect(await ledger.claimPolicy(first, true)).toBe(true);
      expect(await claimBy(second)).toBe('policy_behind');
    });
  });
};
