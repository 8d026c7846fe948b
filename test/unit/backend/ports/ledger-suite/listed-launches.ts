import { expect, it } from 'vitest';
import type { RecordedLaunch } from '../../../../../src/backend/ports/ledger.ts';
import { agentId, launchId, NOW } from '../../fixtures.ts';
import { facts, LATER, type LedgerUnderTest, RIVAL } from './ledger-under-test.ts';

/** Which launches are found by whose they are, and by what is still to be done for them. */
export const listedLaunchesSuite = (tried: LedgerUnderTest): void => {
  it('lists active launches of one agent only', async () => {
    const somebody = agentId(`auth0|${tried.id}`);
    await tried.ledger.claim({
      type: 'launch_requested',
      launch: facts(tried.id, { agentId: somebody }),
      rival: RIVAL,
    });
    expect(await tried.ledger.listLaunches({ agentId: somebody, activeAt: NOW })).toEqual([]);
    await tried.issued();
    const active = await tried.ledger.listLaunches({ agentId: somebody, activeAt: NOW });
    expect(active.map((launch) => launch.id)).toEqual([tried.id]);
    expect(await tried.ledger.listLaunches({ agentId: somebody, activeAt: LATER })).toEqual([]);
  });

  it('knows for which launches a look is due, and which tokens can have been redeemed when', async () => {
    await tried.requested();
    await tried.issued();
    const isThis = ({ launch }: RecordedLaunch) => launch.id === tried.id;
    expect((await tried.ledger.listLookedFor(NOW)).some(isThis)).toBe(true);
    expect((await tried.ledger.listLookedFor(LATER)).some(isThis)).toBe(false);
    const long = new Date('2998-01-01T00:00:00Z');
    expect((await tried.ledger.listRedeemable(long, LATER)).some(isThis)).toBe(true);
    expect((await tried.ledger.listRedeemable(LATER, LATER)).some(isThis)).toBe(false);
  });

  it('goes on listing an opened launch whose look is over, until it is unconfirmed', async () => {
    await tried.requested();
    await tried.issued();
    const step = { launchId: launchId(tried.id), requestId: 'r-2' };
    await tried.ledger.advance({ ...step, type: 'launch_opened', occurredAt: NOW });
    const isThis = ({ launch }: RecordedLaunch) => launch.id === tried.id;
    expect((await tried.ledger.listLookedFor(LATER)).some(isThis)).toBe(true);
    await tried.ledger.advance({ ...step, type: 'launch_unconfirmed' });
    expect((await tried.ledger.listLookedFor(LATER)).some(isThis)).toBe(false);
  });

  it('lists the launches of everybody that may have a session', async () => {
    await tried.requested();
    const isThis = ({ launch }: RecordedLaunch) => launch.id === tried.id;
    expect((await tried.ledger.listOpen(NOW)).some(isThis)).toBe(false);
    await tried.issued();
    expect((await tried.ledger.listOpen(NOW)).some(isThis)).toBe(true);
    expect((await tried.ledger.listOpen(LATER)).some(isThis)).toBe(false);
  });

  it('knows which launches share a session that no one of them is known to have made', async () => {
    await tried.requested();
    const step = { launchId: launchId(tried.id), requestId: 'r-2', type: 'session_found' } as const;
    const shared = `session-of-several-${tried.id}`;
    await tried.ledger.advance({ ...step, sessionId: `session-of-one-${tried.id}` });
    await tried.ledger.advance({ ...step, sessionId: shared, ambiguous: true });
    await tried.ledger.advance({
      ...step,
      sessionId: shared,
      ambiguous: true,
      tenantSession: 'gone',
    });
    expect(await tried.ledger.listSharing([shared, `session-of-one-${tried.id}`])).toEqual(
      new Map([[shared, [tried.id]]]),
    );
    expect(await tried.ledger.listSharing([])).toEqual(new Map());
  });

  it('lists the launches whose time is over and that are not', async () => {
    await tried.requested();
    await tried.issued();
    const ids = async (at: Date) =>
      (await tried.ledger.listExpired(at)).map(({ launch }) => launch.id);
    expect(await ids(new Date(LATER.getTime() - 1))).not.toContain(tried.id);
    expect(await ids(LATER)).toContain(tried.id);
  });
};
