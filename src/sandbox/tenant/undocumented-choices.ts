import { z } from 'zod';

/**
 * Every behaviour of the tenant that Auth0 does not document, or documents in two ways.
 * Nothing else in the tenant may guess: a check that needs a guess reads it from here, and a test
 * flips it, in its options or over HTTP.
 *
 * @see routes/sandbox/choices.ts
 */
export const undocumentedChoices = z.strictObject({
  /** `/authorize` answering an unknown, used, expired or wrong-IP session transfer token of a delegation. */
  unusableDelegationToken: z.enum(['error_page', 'redirect', 'login_page']),
  /** `/authorize` when the target app does not allow the `query` method. */
  queryNotAllowed: z.enum(['login_page', 'error_page']),
  /** `/authorize` when organization or connection rules refuse a delegation. */
  refusedDelegation: z.enum(['redirect', 'error_page']),
  /** HTTP status of the page that asks to log out first. */
  existingSessionStatus: z.literal([400, 403]),
  /** Whether a token that a check refused can be tried again, say after logging out. */
  refusedTokenStaysUsable: z.boolean(),
  /** Whether a token minted at one domain of the tenant redeems at another. */
  redeemsOnOtherDomains: z.boolean(),
  /**
   * How far a delegated session signs on: to the app that it was made for, or to every app of the
   * tenant that allows delegated access.
   */
  delegatedSessionReach: z.enum(['app', 'suite']),
  /** Whether redemption refuses callbacks on `localhost` and loopback addresses. */
  refuseLoopbackRedirects: z.boolean(),
  /** Native to Web while another user is signed in. Documented as both. */
  nativeToWebOverOtherSession: z.enum(['login_page', 'continue']),
  /** `error` when the Action did not call `setActor`; the second is announced. */
  missingActorCode: z.enum(['invalid_request', 'setactor_required']),
  /** `error` when a client may not create session transfer tokens; the second is announced. */
  sessionTransferDisabledCode: z.enum(['invalid_request', 'session_transfer_disabled']),
  /** `error` when a public client or one without the profile type asks for an exchange. */
  clientNotAllowedCode: z.enum(['unauthorized_client', 'invalid_request']),
  /** `error` after `rejectInvalidSubjectToken`. */
  rejectedSubjectTokenCode: z.enum(['invalid_request', 'invalid_grant']),
  /** `error` when the user that the Action set does not exist, is blocked, or is not reachable. */
  subjectNotUsableCode: z.enum(['invalid_request', 'access_denied']),
  /** `error` for an actor token that fails verification. */
  invalidActorTokenCode: z.enum(['invalid_request', 'invalid_grant']),
  /** `error` of the exchange for a user who needs a second factor; its status 400 is documented. */
  multifactorAtExchangeCode: z.enum(['invalid_request', 'mfa_required']),
  /** Which issuers an actor token may come from. */
  actorTokenIssuer: z.enum(['any_domain_of_the_tenant', 'domain_of_the_request']),
  /** `error` after an Action threw or ran out of time. */
  failedActionCode: z.enum(['server_error', 'access_denied']),
  /** Whether the success response of a session transfer carries `token_type: "N_A"`. */
  sessionTransferHasTokenType: z.boolean(),
  /** `error` for failed client authentication; RFC 6749 §5.2 says the first, Auth0 has sent both. */
  failedClientAuthenticationCode: z.enum(['invalid_client', 'access_denied']),
  /** HTTP status of `invalid_grant`. RFC 6749 §5.2 says 400; Auth0 is seen sending 403. */
  invalidGrantStatus: z.literal([400, 403]),
  /**
   * How the log tells of a delegation's token that is unknown, used, expired or bound elsewhere: as
   * the warning that is documented for Native to Web SSO, or as a failed login that names its cause.
   */
  refusedRedemptionLogType: z.enum(['w', 'f']),
  /** What the log says of a refused redemption: its cause, that it failed, or nothing at all. */
  refusedRedemptionLogDetail: z.enum(['cause', 'generic', 'none']),
  /**
   * What a log entry has of the actor: its `sub` in the types whose schemas have an actor, or as
   * another page says, in every type, the whole object that `setActor` was given.
   */
  actorInLog: z.enum(['sub', 'object']),
  /** Whether `correlation_id` at `/authorize` is logged. Early access, on request. */
  correlationId: z.enum(['off', 'on']),
  /** `/api/v2/logs` with a query parameter that is not in its documentation. */
  unlistedLogParameters: z.enum(['refused', 'ignored']),
  /** Whose logout URLs count when only the ID token hint tells the client. Documented as both. */
  hintSelectsLogoutUrlsOf: z.enum(['application', 'tenant']),
  /** How long after the answer a session that the Management API deleted is still there. */
  sessionDeletionDelayInMilliseconds: z.number().min(0).max(60_000),
  /** HTTP status of deleting a session that does not exist; Auth0's SDK knows no 404 there. */
  unknownSessionDeletionStatus: z.literal([202, 404]),
  /** `errorCode` of the session endpoints where the plan does not have them. */
  sessionsNotInPlanCode: z.enum(['feature_not_enabled', 'insufficient_scope']),
  /** The back-channel logout initiator of a deletion: the first is in the documentation, the second in the SDK. */
  sessionDeletionInitiator: z.enum(['session-deleted', 'session-revoked']),
  /** How long after a change an Action cannot be deployed because it is still being built. */
  actionBuildInMilliseconds: z.number().min(0).max(60_000),
  /** Whether a browser may keep the redirects of `/authorize`, with their URLs, in its cache. Not checked at Auth0. */
  redirectsMayBeStored: z.boolean(),
});

export type UndocumentedChoices = z.infer<typeof undocumentedChoices>;

/** What the sandbox assumes until somebody sees a real tenant do otherwise. */
export const defaultChoices: Readonly<UndocumentedChoices> = {
  unusableDelegationToken: 'error_page',
  queryNotAllowed: 'login_page',
  refusedDelegation: 'redirect',
  existingSessionStatus: 400,
  refusedTokenStaysUsable: false,
  redeemsOnOtherDomains: true,
  delegatedSessionReach: 'app',
  refuseLoopbackRedirects: true,
  nativeToWebOverOtherSession: 'login_page',
  missingActorCode: 'invalid_request',
  sessionTransferDisabledCode: 'invalid_request',
  clientNotAllowedCode: 'unauthorized_client',
  rejectedSubjectTokenCode: 'invalid_request',
  subjectNotUsableCode: 'invalid_request',
  invalidActorTokenCode: 'invalid_request',
  multifactorAtExchangeCode: 'invalid_request',
  actorTokenIssuer: 'any_domain_of_the_tenant',
  failedActionCode: 'server_error',
  sessionTransferHasTokenType: true,
  failedClientAuthenticationCode: 'invalid_client',
  invalidGrantStatus: 403,
  refusedRedemptionLogType: 'w',
  refusedRedemptionLogDetail: 'cause',
  actorInLog: 'sub',
  correlationId: 'off',
  unlistedLogParameters: 'refused',
  hintSelectsLogoutUrlsOf: 'application',
  sessionDeletionDelayInMilliseconds: 100,
  unknownSessionDeletionStatus: 202,
  sessionsNotInPlanCode: 'feature_not_enabled',
  sessionDeletionInitiator: 'session-deleted',
  actionBuildInMilliseconds: 50,
  redirectsMayBeStored: false,
};
