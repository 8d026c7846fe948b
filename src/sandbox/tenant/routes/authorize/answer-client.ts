import type { Context } from 'hono';
import type { AuthorizationRequest } from '../../checks/authorize/authorization-request.ts';
import type { TenantEnv } from '../../context.ts';
import { webMessagePage } from '../../pages/web-message-page.ts';

/**
 * Sends the outcome of an authorization request to the client's redirect URI, or, for
 * `response_mode=web_message`, to the page that holds the frame.
 *
 * @see RFC 6749 §4.1.2
 */
export const answerClient = (
  c: Context<TenantEnv>,
  request: AuthorizationRequest,
  outcome: { code: string } | { error: string; error_description: string },
): Response | Promise<Response> => {
  const state = request.parameters['state'];
  const response = { ...outcome, ...(state !== undefined && { state }) };
  if (request.parameters['response_mode'] === 'web_message') {
    return webMessagePage(c, request.redirectUri, request.client.web_origins, response);
  }
  const target = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(response)) {
    target.searchParams.set(name, value);
  }
  return c.redirect(target.href, 302);
};
