import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorCode } from '../../contract/error-codes.ts';

type ErrorDescription = {
  /** The HTTP status that the code is sent with, where a route does not say otherwise. */
  readonly status: ContentfulStatusCode;
  /** What happened, in a few words for the agent. */
  readonly title: string;
  /** What to do about it, and who does it. */
  readonly action: string;
};

/** What is sent with each code. The table in `docs/error-codes.md` has the same rows; a test compares them. */
export const ERROR_TEXTS: Readonly<Record<ErrorCode, ErrorDescription>> = {
  unauthenticated: {
    status: 401,
    title: 'You are not signed in',
    action: 'Sign in again.',
  },
  permission_denied: {
    status: 403,
    title: 'Your role does not allow this',
    action: 'Ask whoever manages roles in the Auth0 tenant for the missing permission.',
  },
  actor_unavailable: {
    status: 401,
    title: 'Your proof of identity is missing or too old',
    action: 'Sign in again, then retry.',
  },
  actor_mismatch: {
    status: 403,
    title: 'Your proof of identity does not belong to this sign-in',
    action: 'Sign out, sign in again, then retry. If it repeats, tell your security team.',
  },
  step_up_required: {
    status: 403,
    title: 'A fresher or stronger sign-in is needed',
    action: 'Sign in again, with all that the sign-in page asks for.',
  },
  customer_not_found: {
    status: 404,
    title: 'This customer does not exist',
    action: 'Search again; the account may have been deleted.',
  },
  customer_protected: {
    status: 403,
    title: 'This account is protected',
    action: 'Nobody may act as a protected account, staff, or themselves. Ask a supervisor.',
  },
  target_app_unavailable: {
    status: 404,
    title: 'This app is not open to delegation',
    action: 'Choose another app, or ask the platform team to allow delegated access on it.',
  },
  target_app_unreachable: {
    status: 422,
    title: 'This customer cannot sign in to this app',
    action:
      "Choose another app, or ask the platform team to enable the customer's connection on it.",
  },
  organization_required: {
    status: 422,
    title: 'This app needs an organization',
    action: "Choose one of the customer's organizations.",
  },
  organization_not_allowed: {
    status: 422,
    title: 'This app takes no organization',
    action: 'Launch without an organization.',
  },
  organization_not_member: {
    status: 422,
    title: 'The customer is not a member of this organization',
    action: "Choose one of the customer's own organizations.",
  },
  reason_required: {
    status: 422,
    title: 'A reason is required',
    action: 'Say in a few words why you act as this customer.',
  },
  ticket_required: {
    status: 422,
    title: 'A ticket is required',
    action: 'Give the ticket number in the form that your company uses.',
  },
  policy_denied: {
    status: 403,
    title: 'Your company does not allow this launch',
    action: 'Ask your supervisor; the request id leads to the rule.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    action: 'Wait a moment, then retry.',
  },
  search_superseded: {
    status: 409,
    title: 'A newer search took the place of this one',
    action: 'Search again if you still want this.',
  },
  launch_already_requested: {
    status: 409,
    title: 'This launch was already requested',
    action: 'Start a new launch.',
  },
  launch_not_found: {
    status: 404,
    title: 'There is no such launch',
    action: 'Open the panel again; it shows the launches that are yours.',
  },
  launch_state_conflict: {
    status: 409,
    title: 'The launch is already further on',
    action: 'Open the panel again; it shows what became of the launch.',
  },
  shutting_down: {
    status: 503,
    title: 'The backend is about to restart',
    action: 'Retry in a few seconds. Nothing was launched.',
  },
  read_limit_reached: {
    status: 429,
    title: 'You have looked at many customers in a short time',
    action: 'Wait until the hour is over, or ask your security team.',
  },
  limit_reached: {
    status: 429,
    title: 'A limit of your company is reached',
    action:
      'End a session that is not needed any more, or wait; your security team sets the limits.',
  },
  grant_changed: {
    status: 409,
    title: 'Less is granted by now than you were shown',
    action: 'Look at what is granted now, then launch again.',
  },
  setactor_required: {
    status: 502,
    title: 'The tenant did not record you as the actor',
    action:
      'The platform team must deploy the custom-token-exchange Action (docs/set-up.md says how).',
  },
  session_transfer_disabled: {
    status: 502,
    title: 'Session transfer is switched off in the tenant',
    action: 'The platform team must enable session transfer on the requesting application.',
  },
  exchange_refused: {
    status: 502,
    title: 'The tenant refused the exchange',
    action: 'Retry once. If it repeats, give the request id to the platform team.',
  },
  tenant_unavailable: {
    status: 503,
    title: 'The Auth0 tenant does not answer',
    action: 'Retry in a minute. Nothing was launched.',
  },
  ledger_unavailable: {
    status: 503,
    title: 'The ledger cannot be written',
    action:
      'Nothing was launched, since nothing may happen off the record. Tell the platform team.',
  },
  invalid_request: {
    status: 400,
    title: 'The request was not understood',
    action: 'Update the extension. If it repeats, give the request id to the platform team.',
  },
  internal: {
    status: 500,
    title: 'Something broke in the backend',
    action: 'Give the request id to the platform team.',
  },
};
