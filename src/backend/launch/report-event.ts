import type { LaunchId } from '../../contract/ids.ts';
import type { Launch } from '../../contract/launch.ts';
import type { LaunchEvent } from '../../contract/launch-request.ts';
import type { LaunchState } from '../../contract/launch-state.ts';
import type { LaunchProgress } from '../ports/ledger.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Caller, LaunchDependencies } from './dependencies.ts';

/** The states that a launch can be ended from. */
export const ENDABLE_STATES: readonly LaunchState[] = [
  'issued',
  'opened',
  'landed',
  'confirmed',
  'unconfirmed',
  'not_landed',
];

/** The states in which each event may happen. */
const LEGAL_FROM: Readonly<Record<LaunchEvent['type'], readonly LaunchState[]>> = {
  opened: ['issued'],
  landed: ['issued', 'opened', 'not_landed'],
  // From `requested` too: the extension may die while the tenant is asked. Then no token is given out.
  not_landed: ['requested', 'issued', 'opened'],
  ended: ENDABLE_STATES,
};

/** The states that an event adds nothing to: it was told before, or the tenant's log was faster. */
const KNOWN_IN: Readonly<Record<LaunchEvent['type'], readonly LaunchState[]>> = {
  opened: ['opened', 'landed', 'confirmed', 'unconfirmed'],
  landed: ['landed', 'confirmed', 'unconfirmed'],
  not_landed: ['not_landed'],
  ended: ['ended'],
};

/** The agent's time, as far as it is possible: not before the launch was asked for, not after now. */
const plausibleTime = (occurredAt: string, { requestedAt }: Launch, now: Date): Date =>
  new Date(Math.max(Date.parse(requestedAt), Math.min(Date.parse(occurredAt) || 0, now.getTime())));

const progressOf = (
  launch: Launch,
  { agent, requestId }: Caller,
  { type, occurredAt, seen, cause }: LaunchEvent,
  now: Date,
): LaunchProgress => {
  const at = plausibleTime(occurredAt, launch, now);
  const base = { launchId: launch.id, requestId, occurredAt: at };
  switch (type) {
    case 'opened':
      return { ...base, type: 'launch_opened' };
    case 'landed':
      return { ...base, type: 'launch_landed' };
    case 'not_landed':
      return {
        ...base,
        type: 'launch_not_landed',
        ...(seen?.origin && { seenOrigin: seen.origin }),
        ...(seen?.error && { seenError: seen.error }),
      };
    case 'ended':
      return { ...base, type: 'launch_ended', cause: cause ?? 'agent', endedBy: agent.id };
  }
};

/**
 * Records what the extension tells of its own launch. A launch of somebody else is unknown to the
 * caller; a step that cannot follow the present state is refused; a step told twice is recorded once.
 * @throws {LedgerUnavailableError}
 */
export const reportEvent = async (
  { ledger, clock }: Pick<LaunchDependencies, 'ledger' | 'clock'>,
  caller: Caller,
  launchId: LaunchId,
  event: LaunchEvent,
): Promise<Launch | Refusal | 'unknown'> => {
  const launch = (await ledger.findLaunch(launchId))?.launch;
  if (launch?.agentId !== caller.agent.id) return 'unknown';
  if (KNOWN_IN[event.type].includes(launch.state)) return launch;
  const progress = progressOf(launch, caller, event, clock());
  const outcome = await ledger.advance(progress, LEGAL_FROM[event.type]);
  const after = (await ledger.findLaunch(launchId))?.launch ?? launch;
  // The same event may have arrived twice at the same time: what counts is where the launch is now.
  if (outcome === 'recorded' || KNOWN_IN[event.type].includes(after.state)) return after;
  return refuse(
    'invalid_request',
    `A launch that is "${after.state}" cannot become "${event.type}".`,
  );
};
