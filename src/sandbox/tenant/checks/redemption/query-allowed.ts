import type { RedemptionCheck } from './redemption-check.ts';

/** Delegation comes in the query; the target app must list that method. */
export const queryAllowed: RedemptionCheck = ({ context, request }) =>
  request.client.session_transfer?.allowed_authentication_methods?.includes('query')
    ? undefined
    : {
        answer: context.choices.queryNotAllowed,
        error: 'invalid_request',
        type: 'session-transfer-method-not-allowed',
        description: 'The application does not allow session transfer tokens in the query.',
        status: 403,
        warning: 'The application does not allow session transfer tokens in the query.',
        alwaysLogged: true,
      };
