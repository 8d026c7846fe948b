import type { Context, Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../context.ts';
import { errorPage } from '../pages/error-page.ts';
import { signedOutPage } from '../pages/signed-out-page.ts';
import { readQuery } from '../read-parameters.ts';
import { endOwnSession } from '../sessions/end-own-session.ts';

const logout = (c: Context<TenantEnv>, context: TenantContext): Response | Promise<Response> => {
  const parameters = readQuery(c) ?? {};
  const client = context.directory.clients.get(parameters['client_id'] ?? '');
  const allowed = client ? client.allowed_logout_urls : context.directory.data.allowedLogoutUrls;
  const returnTo = parameters['returnTo'] ?? client?.allowed_logout_urls[0];
  if (returnTo !== undefined && !allowed.includes(returnTo)) {
    return errorPage(c, {
      error: 'invalid_request',
      description: 'The returnTo is not in the list of allowed logout URLs.',
      status: 400,
    });
  }
  endOwnSession(c, context, client);
  return returnTo === undefined ? signedOutPage(c) : c.redirect(returnTo, 302);
};

/**
 * Auth0's own logout: ends the session of the domain it is called on without asking, and goes back
 * only to a URL that the client, or without a client the tenant, allows.
 *
 * @see Auth0 documentation, "Logout", `/v2/logout`
 */
export const logoutRoute = (app: Hono<TenantEnv>, context: TenantContext): void => {
  app.get('/v2/logout', (c) => logout(c, context));
};
