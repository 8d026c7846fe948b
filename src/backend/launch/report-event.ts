import type { LaunchId } from '../../contract/ids.ts';
import type { Launch } from '../../contract/launch.ts';
import type { LaunchEvent } from '../../contract/launch-request.ts';
import { addsNothing, stateAfter } from '../../contract/launch-transitions.ts';
import type { LaunchProgress } from '../ports/ledger.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Caller, LaunchDependencies } from './dependencies.ts';
import { findLaunchFor } from './find-launch.ts';
import { EXCHANGE_SECONDS, lookWindow, TOKEN_MAX_SECONDS } from './tenant-session/look-window.ts';

/** The agent's time, as far as it is possible: not before the launch was asked for, not after now. */
const plausibleTime = (occurredAt: string, { requestedAt }: Launch, now: Date): Date =>
  new Date(Math.max(Date.parse(requestedAt), Math.min(Date.parse(occurredAt) || 0, now.getTime())));

const progressOf = (
  launch: Launch,
  { agent, requestId }: Caller,
  { type, occurredAt, seen, cause }: LaunchEvent,
  now: Date,
  logLagMilliseconds: number,
): LaunchProgress => {
  const at = plausibleTime(occurredAt, launch, now);
  const base = { launchId: launch.id, requestId, occurredAt: at };
  switch (type) {
    case 'opened':
      return { ...base, type: 'launch_opened' };
    case 'landed':
      return { ...base, type: 'launch_landed', landedBy: seen?.by ?? 'tab' };
    case 'not_landed':
      return {
        ...base,
        type: 'launch_not_landed',
        // The tenant may be asked for a token at this moment.
        ...(launch.state === 'requested' &&
          lookWindow(now, EXCHANGE_SECONDS + TOKEN_MAX_SECONDS, logLagMilliseconds)),
        ...(seen?.origin && { seenOrigin: seen.origin }),
        ...(seen?.error && { seenError: seen.error }),
      };
    case 'ended':
      return {
        ...base,
        type: 'launch_ended',
        cause: cause ?? 'agent',
        endedBy: agent.id,
        verifiedBy: 'extension',
        // Whatever the extension says, the tenant is asked about the session.
        lookDueUntil: new Date(now.getTime() + logLagMilliseconds),
      };
  }
};

/** Whether the launch already says what the event would: it was reported before, or the launch is further on. */
const isKnown = ({ state, landedBy }: Launch, { type }: LaunchEvent): boolean =>
  addsNothing(state, type) ||
  (type === 'landed' && landedBy !== undefined && stateAfter(state, type) === state);

/**
 * Records what the extension reports of its own launch. A launch of somebody else is unknown to the
 * caller; an event that cannot follow the present state is refused; an event that is reported twice is
 * recorded once.
 * @throws {LedgerUnavailableError}
 */
export const reportEvent = async (
  {
    ledger,
    clock,
    logLagMilliseconds,
    lookSoon,
  }: Pick<LaunchDependencies, 'ledger' | 'clock' | 'logLagMilliseconds' | 'lookSoon'>,
  caller: Caller,
  launchId: LaunchId | undefined,
  event: LaunchEvent,
): Promise<Launch | Refusal> => {
  const found = await findLaunchFor(ledger, caller, launchId);
  if (isRefusal(found)) {
    return found;
  }
  const { launch } = found;
  if (isKnown(launch, event)) {
    return launch;
  }
  const progress = progressOf(launch, caller, event, clock(), logLagMilliseconds);
  const outcome = await ledger.advance(progress);
  lookSoon();
  const after = (await ledger.findLaunch(launch.id))?.launch ?? launch;
  // The same event may have arrived twice at the same time: what counts is where the launch is now.
  if (outcome === 'recorded' || isKnown(after, event)) {
    return after;
  }
  return refuse(
    'launch_state_conflict',
    `A launch that is "${after.state}" cannot become "${event.type}".`,
  );
};
