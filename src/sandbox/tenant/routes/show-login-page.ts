import type { Context } from 'hono';
import type { AuthorizationRequest } from '../checks/authorize/authorization-request.ts';
import type { TenantContext, TenantEnv } from '../context.ts';
import { ensureDevice } from '../sessions/session-cookies.ts';
import { answerClient } from './answer-client.ts';

const transactionLifetimeInMilliseconds = 60 * 60 * 1000;

/**
 * Parks the request and sends the browser to the login page, bound to its device id. A spent
 * session transfer token does not travel on. With `prompt=none` nothing is shown.
 */
export const showLoginPage = (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
): Response | Promise<Response> => {
  if (request.parameters['prompt'] === 'none') {
    return answerClient(c, request, {
      error: 'login_required',
      error_description: 'Login required',
    });
  }
  const { session_transfer_token: _spent, ...parameters } = request.parameters;
  const state = context.randomToken(32);
  context.memory.transactions.set(state, {
    parameters,
    origin: c.var.domain.origin,
    device: ensureDevice(context, c),
    expiresAt: context.clock() + transactionLifetimeInMilliseconds,
  });
  return c.redirect(`/u/login?state=${state}`, 302);
};
