import type { Context, Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../context.ts';
import { errorPage } from '../pages/error-page.ts';
import { signedOutPage } from '../pages/signed-out-page.ts';
import { readQuery } from '../read-parameters.ts';
import { endSession } from '../sessions/end-session.ts';
import { clearSessionCookies, currentSession } from '../sessions/session-cookies.ts';

/** Ends this browser's session on this domain, if it has one. */
const endOwnSession = (
  c: Context<TenantEnv>,
  context: TenantContext,
  clientId: string | undefined,
) => {
  const session = currentSession(context, c);
  clearSessionCookies(c);
  if (!session) return;
  endSession(context, session, 'rp-logout');
  context.log.write({
    type: 'slo',
    client: context.directory.clients.get(clientId ?? ''),
    user: context.directory.users.get(session.userId),
    sessionId: session.id,
    ip: c.env.ip,
    hostname: c.var.domain.hostname,
  });
};

const notAllowed = (c: Context<TenantEnv>, parameter: string) =>
  errorPage(c, {
    error: 'invalid_request',
    description: `The ${parameter} is not in the list of allowed logout URLs.`,
    status: 400,
  });

const logout = (c: Context<TenantEnv>, context: TenantContext): Response | Promise<Response> => {
  const parameters = readQuery(c) ?? {};
  const client = context.directory.clients.get(parameters['client_id'] ?? '');
  const allowed = client ? client.allowed_logout_urls : context.directory.data.allowedLogoutUrls;
  const returnTo = parameters['returnTo'] ?? client?.allowed_logout_urls[0];
  if (returnTo !== undefined && !allowed.includes(returnTo)) return notAllowed(c, 'returnTo');
  endOwnSession(c, context, client?.client_id);
  return returnTo === undefined ? signedOutPage(c) : c.redirect(returnTo, 302);
};

const oidcLogout = async (c: Context<TenantEnv>, context: TenantContext): Promise<Response> => {
  const parameters = readQuery(c) ?? {};
  const hint = parameters['id_token_hint'];
  const claims = hint ? await context.signer.verifyIgnoringExpiry(hint) : undefined;
  if (hint && !claims) {
    return errorPage(c, {
      error: 'invalid_request',
      description: 'The id_token_hint is not a token of this tenant.',
      status: 400,
    });
  }
  const clientId = parameters['client_id'] ?? [claims?.aud ?? []].flat()[0];
  const client = context.directory.clients.get(clientId ?? '');
  const target = parameters['post_logout_redirect_uri'];
  const allowed = client ? client.allowed_logout_urls : context.directory.data.allowedLogoutUrls;
  if (target !== undefined && !allowed.includes(target)) {
    return notAllowed(c, 'post_logout_redirect_uri');
  }
  endOwnSession(c, context, client?.client_id);
  if (target === undefined) return signedOutPage(c);
  const url = new URL(target);
  const { state } = parameters;
  if (state !== undefined) url.searchParams.set('state', state);
  return c.redirect(url.href, 302);
};

/**
 * Both logouts of Auth0. They end the session of the domain they are called on, and go back only
 * to a URL that the client, or without a client the tenant, allows.
 *
 * @see Auth0 documentation, "Log Users Out of Auth0"; OpenID Connect RP-Initiated Logout §2
 */
export const logoutRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  app.get('/v2/logout', (c) => logout(c, context));
  app.get('/oidc/logout', (c) => oidcLogout(c, context));
};
