import { CUSTOMERS } from '../people.ts';
import { BACKEND_PROBLEM, launched } from './example-replies.ts';

const [, , , , , long] = CUSTOMERS;

/** How a launch goes, as what the worker answers in each state. */
export const LAUNCH_STATES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'launching-clearing': launched({
    state: 'requested',
    standing: 'launching',
    step: 'clearing',
    replaces: 'Marcus Aurelio Ferreira',
  }),
  blocked: launched({
    state: 'failed',
    standing: 'over',
    request: {},
    problem: { source: 'extension', code: 'existing_session' },
  }),
  'not-landed-existing': launched({
    state: 'not_landed',
    standing: 'over',
    request: {},
    diagnosis: {
      cause: 'existing_session',
      sentence: 'Somebody is already signed in on the login domain in this browser.',
      evidence: ["The tenant's log says (f): already logged in"],
      who: 'agent',
      how: 'End the other session, or open this one in a private window, then launch again.',
      ruledOut: [],
    },
  }),
  'launching-sign-in': launched({
    state: 'requested',
    standing: 'launching',
    step: 'sign_in',
    signsInAgain: true,
  }),
  'launching-signed-in-again': launched({
    state: 'requested',
    standing: 'launching',
    step: 'clearing',
    signsInAgain: true,
    replaces: 'Marcus Aurelio Ferreira',
  }),
  'step-up-closed': launched({
    state: 'failed',
    standing: 'over',
    request: { reason: 'The invoice is missing' },
    problem: { source: 'extension', code: 'step_up_closed' },
  }),
  'step-up-failed': launched({
    state: 'failed',
    standing: 'over',
    request: { reason: 'The invoice is missing' },
    problem: { source: 'extension', code: 'step_up_failed', oauthError: 'access_denied' },
  }),
  'step-up-other-account': launched({
    state: 'failed',
    standing: 'over',
    request: { reason: 'The invoice is missing' },
    problem: { source: 'extension', code: 'step_up_other_account' },
  }),
  'launching-identity': launched({ state: 'requested', standing: 'launching', step: 'identity' }),
  'launching-backend': launched({ state: 'requested', standing: 'launching', step: 'backend' }),
  'launching-tab': launched({ state: 'issued', standing: 'launching', step: 'tab' }),
  refused: launched({ state: 'refused', standing: 'over', problem: BACKEND_PROBLEM }),
  interrupted: launched({
    state: 'interrupted',
    standing: 'over',
    problem: { source: 'extension', code: 'interrupted' },
  }),
  'failed-long-name': launched(
    { state: 'refused', standing: 'over', problem: BACKEND_PROBLEM },
    long,
  ),
  'not-landed': launched({
    state: 'not_landed',
    standing: 'over',
    request: {},
    diagnosis: {
      cause: 'delegation_not_allowed',
      sentence: 'The app does not allow delegated access, so Auth0 showed its ordinary login page.',
      evidence: ['allow_delegated_access is off on the client.'],
      who: 'platform_team',
      how: "Set session_transfer.delegation.allow_delegated_access on the app's client.",
      ruledOut: [],
    },
  }),
  'not-landed-unknown': launched({
    state: 'not_landed',
    standing: 'over',
    request: {},
    diagnosis: {
      cause: 'unknown',
      sentence: 'It is not known why the tab did not arrive in the app.',
      evidence: ['The tab was last seen at https://login.example.com.'],
      who: 'platform_team',
      how: "Look at the tenant's log around this time, with the request id.",
      ruledOut: ['existing_session', 'ip_mismatch', 'token_expired', 'app_unreachable'],
    },
  }),
  'not-landed-diagnosing': launched({
    state: 'not_landed',
    standing: 'not_verified',
  }),
  'session-found': launched({
    state: 'interrupted',
    standing: 'not_verified',
    landedBy: undefined,
    sessionEndsAt: undefined,
    problem: { source: 'extension', code: 'interrupted' },
    tenantSession: 'gone',
  }),
  cancelled: launched({
    state: 'failed',
    standing: 'over',
    problem: { source: 'extension', code: 'launch_cancelled' },
  }),
  ending: launched({ standing: 'ending', ending: 'login_domain' }),
};
