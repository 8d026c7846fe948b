import type { LaunchState } from './launch-state.ts';

/** What can happen to a launch. `session_found`: the tenant's log showed a session of it. */
export type LaunchTransitionEvent =
  | 'issued'
  | 'refused'
  | 'failed'
  | 'interrupted'
  | 'opened'
  | 'landed'
  | 'not_landed'
  | 'confirmed'
  | 'unconfirmed'
  | 'ended'
  | 'session_found';

type Transitions = Partial<Record<LaunchTransitionEvent, LaunchState>>;

/**
 * The states of a launch, for backend and extension alike: what each event turns each state into. An event
 * that a state does not list cannot happen in it. A state that an event leads back to stays as it is, and
 * the event is recorded all the same.
 *
 * - `session_found` never revives a launch: it is recorded wherever there was an intent.
 * - A browser that was interrupted reports `not_landed`, also while the tenant is being asked. Only later
 *   does it hear that the backend had refused, or that the tenant did.
 * - What the tenant's log proves (`confirmed`) overrules what was seen of a tab.
 */
export const LAUNCH_TRANSITIONS: Readonly<Record<LaunchState, Transitions>> = {
  requested: {
    issued: 'issued',
    refused: 'refused',
    failed: 'failed',
    interrupted: 'interrupted',
    not_landed: 'interrupted',
    session_found: 'requested',
  },
  issued: {
    opened: 'opened',
    landed: 'landed',
    not_landed: 'not_landed',
    confirmed: 'confirmed',
    ended: 'ended',
    session_found: 'issued',
  },
  opened: {
    landed: 'landed',
    not_landed: 'not_landed',
    confirmed: 'confirmed',
    unconfirmed: 'unconfirmed',
    ended: 'ended',
    session_found: 'opened',
  },
  landed: {
    confirmed: 'confirmed',
    unconfirmed: 'unconfirmed',
    ended: 'ended',
    session_found: 'landed',
  },
  unconfirmed: {
    landed: 'unconfirmed',
    confirmed: 'confirmed',
    ended: 'ended',
    session_found: 'unconfirmed',
  },
  confirmed: { ended: 'ended', session_found: 'confirmed' },
  not_landed: {
    landed: 'landed',
    confirmed: 'confirmed',
    ended: 'ended',
    session_found: 'not_landed',
  },
  interrupted: {
    refused: 'refused',
    failed: 'failed',
    landed: 'landed',
    not_landed: 'not_landed',
    confirmed: 'confirmed',
    ended: 'ended',
    session_found: 'interrupted',
  },
  failed: { session_found: 'failed' },
  ended: { session_found: 'ended' },
  refused: {},
};

/** The way of a launch that goes well, in order. */
const PATH: readonly LaunchState[] = [
  'requested',
  'issued',
  'opened',
  'landed',
  'unconfirmed',
  'confirmed',
];

const states = Object.keys(LAUNCH_TRANSITIONS) as readonly LaunchState[];

/** The state after an event; `undefined` when the event cannot happen in this state. */
export const stateAfter = (
  state: LaunchState,
  event: LaunchTransitionEvent,
): LaunchState | undefined => LAUNCH_TRANSITIONS[state][event];

/** Tells whether events lead from one state to another. */
export const leadsTo = (from: LaunchState, to: LaunchState): boolean => {
  const reached = new Set([from]);
  for (const state of reached) {
    for (const next of Object.values(LAUNCH_TRANSITIONS[state])) {
      reached.add(next);
    }
  }
  return reached.has(to);
};

/** Tells whether nothing leads out of a state: whatever else was thought to have happened did not. */
export const isFinal = (state: LaunchState): boolean =>
  Object.values(LAUNCH_TRANSITIONS[state]).every((next) => next === state);

/** All states that an event can happen in, each with the state that it leads to. */
export const transitionsOf = (
  event: LaunchTransitionEvent,
): Readonly<Partial<Record<LaunchState, LaunchState>>> =>
  Object.fromEntries(
    states.flatMap((state) => {
      const next = stateAfter(state, event);
      return next === undefined ? [] : [[state, next]];
    }),
  );

/** The states that an event can happen in. */
export const sourcesOf = (event: LaunchTransitionEvent): readonly LaunchState[] =>
  states.filter((state) => stateAfter(state, event) !== undefined);

/** The states that a session can be ended from. */
export const ENDABLE_STATES: readonly LaunchState[] = sourcesOf('ended');

/** The states that the tenant's log can still confirm. */
export const CONFIRMABLE_STATES: readonly LaunchState[] = sourcesOf('confirmed');

/** The states of a launch that goes well and may have a session: from the token until the end. */
export const ACTIVE_STATES: readonly LaunchState[] = PATH.filter((state) =>
  ENDABLE_STATES.includes(state),
);

/** The states of a launch that may have a session all the same, which nobody wants any more. */
export const OVER_STATES: readonly LaunchState[] = sourcesOf('session_found').filter(
  (state) => !ACTIVE_STATES.includes(state) && stateAfter(state, 'issued') === undefined,
);

/**
 * Tells whether a state already says what an event would: the event came before, or the launch is further
 * on. Such an event is neither recorded nor refused.
 */
export const addsNothing = (state: LaunchState, event: LaunchTransitionEvent): boolean => {
  if (stateAfter(state, event) !== undefined) {
    return false;
  }
  const targets = Object.values(transitionsOf(event));
  return targets.some(
    (target) =>
      target === state || (PATH.includes(target) && PATH.indexOf(state) > PATH.indexOf(target)),
  );
};
