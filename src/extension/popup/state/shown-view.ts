import type { Snapshot } from '../../messages/snapshot.ts';
import { shownPrefill } from './prefill.ts';
import { draft, isUnderWay, shownLaunch } from './state.ts';

/** Each view that the popup can show under its header. */
export type ShownView =
  | 'first_run'
  | 'sign_in'
  | 'prefill'
  | 'launch'
  | 'panel'
  | 'set_up'
  | 'search';

/** Says which view fits what is known. */
export const shownView = (current: Snapshot): ShownView => {
  if (current.signIn.state !== 'signed_in') {
    return current.backend.origin === undefined ? 'first_run' : 'sign_in';
  }
  const launch = shownLaunch();
  if (shownPrefill() && !(launch && isUnderWay(launch))) {
    return 'prefill';
  }
  if (launch) {
    return 'launch';
  }
  if (draft.value.customerId !== undefined) {
    return 'panel';
  }
  return current.setUp.due && !current.profileProblem ? 'set_up' : 'search';
};
