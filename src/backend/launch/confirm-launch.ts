import type { LaunchId } from '../../contract/ids.ts';
import type { Launch } from '../../contract/launch.ts';
import { CONFIRMABLE_STATES, sourcesOf } from '../../contract/launch-transitions.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Tenant } from '../ports/tenant.ts';

/** How long to wait before each look into the tenant's log: two minutes in all. */
const WAITS_MILLISECONDS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];
/** The tenant's clock may be behind ours by this much. */
const CLOCK_MARGIN_MILLISECONDS = 60_000;
/** So long after its request, a launch that nobody saw land is not asked about any more. */
const LATE_MILLISECONDS = 5 * 60 * 1000;
/** How long Auth0 lets a delegated session live. */
const SESSION_MILLISECONDS = 2 * 60 * 60 * 1000;

export type ConfirmationDependencies = {
  readonly ledger: Pick<Ledger, 'findLaunch' | 'advance'>;
  readonly tenant: Pick<Tenant, 'log'>;
  readonly clock: Clock;
  readonly delay: (milliseconds: number) => Promise<void>;
  readonly log: Log;
};

/** Tells whether it is still open who a launch's tab shows. */
export const isConfirmable = ({ state, requestedAt }: Launch, now: Date): boolean =>
  CONFIRMABLE_STATES.includes(state) &&
  (sourcesOf('unconfirmed').includes(state) ||
    now.getTime() - Date.parse(requestedAt) < LATE_MILLISECONDS);

/** Looks for proof that a launch was redeemed. */
export type Confirmation = {
  /** Goes on in the background; one at a time for a launch. Never rejects. */
  readonly watch: (launchId: LaunchId, requestId: string) => void;
};

/**
 * Makes the confirmation of launches: a delegated login (`sdel`) in the tenant's own log whose actor
 * names the launch. Session id and end time come from there, never from the client. After two minutes
 * without it the launch is `unconfirmed`.
 */
export const createConfirmation = (deps: ConfirmationDependencies): Confirmation => {
  const { ledger, tenant, clock, log } = deps;
  const underWay = new Set<LaunchId>();

  const lookOnce = async (launchId: LaunchId, requestId: string): Promise<boolean> => {
    const found = await ledger.findLaunch(launchId);
    if (!found) return true;
    const { launch } = found;
    if (!CONFIRMABLE_STATES.includes(launch.state)) return true;
    const since = new Date(Date.parse(launch.requestedAt) - CLOCK_MARGIN_MILLISECONDS);
    const entries = await tenant.log.entriesSince(since, ['sdel']);
    const entry = entries.find(
      ({ actor }) => actor?.launch === launchId && actor.sub === launch.agentId,
    );
    if (!entry) return false;
    await ledger.advance({
      type: 'launch_confirmed',
      launchId,
      requestId,
      confirmedBy: 'actor',
      ...(entry.sessionId !== undefined && { sessionId: entry.sessionId }),
      sessionEndsAt: new Date(entry.at.getTime() + SESSION_MILLISECONDS),
    });
    return true;
  };

  const lookUntilFound = async (launchId: LaunchId, requestId: string): Promise<void> => {
    for (const wait of WAITS_MILLISECONDS) {
      await deps.delay(wait);
      try {
        if (await lookOnce(launchId, requestId)) return;
      } catch (error) {
        const cause = error instanceof Error ? error.name : 'unknown';
        log.warn('confirmation_look_failed', { launchId, cause });
      }
    }
    const unconfirmed = { type: 'launch_unconfirmed', launchId, requestId } as const;
    if ((await ledger.advance(unconfirmed)) === 'recorded')
      log.warn('launch_unconfirmed', { launchId, at: clock().toISOString() });
  };

  return {
    watch: (launchId, requestId) => {
      if (underWay.has(launchId)) return;
      underWay.add(launchId);
      lookUntilFound(launchId, requestId)
        .catch((error: unknown) => {
          log.error('confirmation_failed', { launchId, cause: String(error) });
        })
        .finally(() => underWay.delete(launchId));
    },
  };
};
