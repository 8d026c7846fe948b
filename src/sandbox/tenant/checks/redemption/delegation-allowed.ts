import type { RedemptionCheck } from './redemption-check.ts';

/**
 * Without `allow_delegated_access` there is no error: the ordinary login page shows, and the log
 * has a warning, whose words are not published.
 *
 * @see Auth0, "Session Delegation", troubleshooting
 */
export const delegationAllowed: RedemptionCheck = ({ request }) =>
  request.client.session_transfer?.delegation?.allow_delegated_access === true
    ? undefined
    : {
        answer: 'login_page',
        error: 'access_denied',
        type: 'delegated-access-not-allowed',
        description: 'Delegated access is not allowed for the application.',
        status: 403,
        warning: 'Delegated access is not allowed for the application.',
        alwaysLogged: true,
      };
