import type { Context, Hono } from 'hono';
import { deleteCookie, getCookie } from 'hono/cookie';
import { describeAuthorizationRequest } from '../../checks/authorize/authorization-request.ts';
import { orderedAuthorizeChecks } from '../../checks/authorize/ordered-authorize-checks.ts';
import { organizationUsage } from '../../checks/authorize/organization-usage.ts';
import { unusableToken } from '../../checks/redemption/redemption-check.ts';
import { singleSignOnWarnings } from '../../checks/redemption/single-sign-on-warnings.ts';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { errorPage } from '../../pages/error-page.ts';
import { describeCaller, readQuery } from '../../read-parameters.ts';
import { currentSession, ensureDevice } from '../../sessions/session-cookies.ts';
import { showLoginPage } from '../sign-in/show-login-page.ts';
import { continueInSession, userOfFittingSession } from '../sign-in/sign-on-silently.ts';
import { answerClient } from './answer-client.ts';
import { logRefusedRedemption } from './log-refused-redemption.ts';
import { answerRefusal, redeemDelegation } from './redeem-delegation.ts';
import { redeemNativeToWeb } from './redeem-native-to-web.ts';

const authorize = async (c: Context<TenantEnv>, context: TenantContext): Promise<Response> => {
  const parameters = readQuery(c);
  const client = context.directory.clients.get(parameters?.['client_id'] ?? '');
  if (!parameters || !client) {
    return errorPage(c, {
      error: parameters ? 'unauthorized_client' : 'invalid_request',
      description: parameters ? 'Unknown client.' : 'A parameter is given twice.',
      status: 400,
    });
  }
  // Until the redirect URI is known to be the client's, nothing may be sent there.
  if (!client.callbacks.includes(parameters['redirect_uri'] ?? '')) {
    const description = 'Callback URL mismatch: the redirect_uri is not one of the application.';
    context.log.write({
      type: 'f',
      description,
      error: { code: 'unauthorized_client', type: 'callback-url-mismatch' },
      client,
      ip: c.env.ip,
      hostname: c.var.domain.hostname,
    });
    return errorPage(c, { error: 'invalid_request', description, status: 403 });
  }
  ensureDevice(context, c);
  const request = describeAuthorizationRequest(context, client, parameters);
  for (const check of orderedAuthorizeChecks) {
    const error = check(request, context);
    if (error) {
      return answerClient(c, request, { error: error.error, error_description: error.description });
    }
  }
  const existing = currentSession(context, c);
  const fromQuery = parameters['session_transfer_token'];
  const presented = fromQuery ?? getCookie(c, 'auth0_session_transfer_token');
  if (presented !== undefined) {
    if (fromQuery === undefined) {
      deleteCookie(c, 'auth0_session_transfer_token');
    }
    const token = context.memory.sessionTransferTokens.get(presented);
    if (!token) {
      const refusal = unusableToken(
        context,
        'session-transfer-token-unknown',
        'The session transfer token is unknown.',
        singleSignOnWarnings.notFoundOrExpired,
      );
      logRefusedRedemption(
        context,
        { client, caller: describeCaller(c), correlationId: request.correlationId },
        refusal,
      );
      return answerRefusal(c, context, request, refusal);
    }
    return token.actor && fromQuery !== undefined
      ? redeemDelegation(c, context, request, token, existing)
      : redeemNativeToWeb(
          c,
          context,
          request,
          token,
          existing,
          fromQuery === undefined ? 'cookie' : 'query',
        );
  }

  const organizationError = organizationUsage(request, context);
  if (organizationError) {
    return answerClient(c, request, {
      error: organizationError.error,
      error_description: organizationError.description,
    });
  }
  const user = existing && userOfFittingSession(context, request, existing);
  if (existing && user && parameters['prompt'] !== 'login') {
    return continueInSession(c, context, request, existing, user);
  }
  if (parameters['prompt'] === 'none') {
    const { userAgent, domain } = describeCaller(c);
    context.log.write({
      type: existing?.actor ? 'fdelsa' : 'fsa',
      description: 'Login required',
      client,
      actor: existing?.actor,
      audience: parameters['audience'],
      ip: c.env.ip,
      userAgent,
      hostname: domain.hostname,
    });
  }
  return showLoginPage(c, context, request);
};

/**
 * `/authorize`: code flow, single sign-on, silent sign-on and redemption of session transfer
 * tokens.
 *
 * @see OpenID Connect Core §3.1.2; Auth0 documentation, "Session Delegation", "Native to Web SSO"
 */
export const authorizeRoute = (app: Hono<TenantEnv>, context: TenantContext): void => {
  app.get('/authorize', (c) => {
    if (!context.choices.redirectsMayBeStored) {
      c.header('Cache-Control', 'no-store');
    }
    return authorize(c, context);
  });
};
