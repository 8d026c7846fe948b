/**
 * Every behaviour of the tenant that Auth0 does not document, or documents in two ways.
 * Nothing else in the tenant may guess: a check that needs a guess reads it from here, and a test
 * flips it.
 */
export type UndocumentedChoices = {
  /** `/authorize` answering an unknown, used, expired or wrong-IP session transfer token of a delegation. */
  unusableDelegationToken: 'error_page' | 'redirect' | 'login_page';
  /** `/authorize` when the target app does not allow the `query` method. */
  queryNotAllowed: 'login_page' | 'error_page';
  /** `/authorize` when organization or connection rules refuse a delegation. */
  refusedDelegation: 'redirect' | 'error_page';
  /** HTTP status of the page that asks to log out first. */
  existingSessionStatus: 400 | 403;
  /** Whether a token that a check refused can be tried again, say after logging out. */
  refusedTokenStaysUsable: boolean;
  /** Whether a token minted at one domain of the tenant redeems at another. */
  redeemsOnOtherDomains: boolean;
  /** Whether a delegated session signs on to further apps that allow delegated access. */
  delegatedSessionSignsOnElsewhere: boolean;
  /** Whether redemption refuses callbacks on `localhost` and loopback addresses. */
  refuseLoopbackRedirects: boolean;
  /** Native to Web while another user is signed in. Documented as both. */
  nativeToWebOverOtherSession: 'login_page' | 'continue';
  /** `error` when the Action did not call `setActor`; the second is announced. */
  missingActorCode: 'invalid_request' | 'setactor_required';
  /** `error` when a client may not create session transfer tokens; the second is announced. */
  sessionTransferDisabledCode: 'invalid_request' | 'session_transfer_disabled';
  /** `error` when a public client or one without the profile type asks for an exchange. */
  clientNotAllowedCode: 'unauthorized_client' | 'invalid_request';
  /** `error` after `rejectInvalidSubjectToken`. */
  rejectedSubjectTokenCode: 'invalid_request' | 'invalid_grant';
  /** `error` when the user that the Action set does not exist, is blocked, or is not reachable. */
  subjectNotUsableCode: 'invalid_request' | 'access_denied';
  /** `error` for an actor token that fails verification. */
  invalidActorTokenCode: 'invalid_request' | 'invalid_grant';
  /** Which issuers an actor token may come from. */
  actorTokenIssuer: 'any_domain_of_the_tenant' | 'domain_of_the_request';
  /** `error` after an Action threw or ran out of time. */
  failedActionCode: 'server_error' | 'access_denied';
  /** Whether the success response of a session transfer carries `token_type: "N_A"`. */
  sessionTransferHasTokenType: boolean;
  /** `error` for failed client authentication; RFC 6749 §5.2 says the first, Auth0 has sent both. */
  failedClientAuthenticationCode: 'invalid_client' | 'access_denied';
  /** HTTP status of `invalid_grant`. RFC 6749 §5.2 says 400; Auth0 is seen sending 403. */
  invalidGrantStatus: 400 | 403;
  /** Log type of a refused redemption. */
  refusedRedemptionLogType: 'f' | 'fdeleacft';
};

/** What the sandbox assumes until somebody sees a real tenant do otherwise. */
export const defaultChoices: UndocumentedChoices = {
  unusableDelegationToken: 'error_page',
  queryNotAllowed: 'login_page',
  refusedDelegation: 'redirect',
  existingSessionStatus: 400,
  refusedTokenStaysUsable: false,
  redeemsOnOtherDomains: true,
  delegatedSessionSignsOnElsewhere: true,
  refuseLoopbackRedirects: true,
  nativeToWebOverOtherSession: 'login_page',
  missingActorCode: 'invalid_request',
  sessionTransferDisabledCode: 'invalid_request',
  clientNotAllowedCode: 'unauthorized_client',
  rejectedSubjectTokenCode: 'invalid_request',
  subjectNotUsableCode: 'invalid_request',
  invalidActorTokenCode: 'invalid_request',
  actorTokenIssuer: 'any_domain_of_the_tenant',
  failedActionCode: 'server_error',
  sessionTransferHasTokenType: true,
  failedClientAuthenticationCode: 'invalid_client',
  invalidGrantStatus: 403,
  refusedRedemptionLogType: 'f',
};
