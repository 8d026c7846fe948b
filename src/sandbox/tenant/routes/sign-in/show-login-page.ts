import type { Context } from 'hono';
import type { AuthorizationRequest } from '../../checks/authorize/authorization-request.ts';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { answerClient } from '../authorize/answer-client.ts';
import { parkedFor } from './parked-requests.ts';

/** Parks the request and sends the browser to the login page. With `prompt=none` nothing is shown. */
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
  const state = context.randomToken(32);
  context.memory.transactions.set(state, parkedFor(c, context, request));
  return c.redirect(`/u/login?state=${state}`, 302);
};
