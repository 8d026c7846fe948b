import type { Context } from 'hono';
import type { AuthorizationRequest } from '../../checks/authorize/authorization-request.ts';
import type { Interaction } from '../../checks/interaction/interaction.ts';
import type { TenantContext, TenantEnv } from '../../context.ts';
import type { Proven } from '../../memory.ts';
import { parkedFor } from './parked-requests.ts';

/** Where each interaction has its page. */
export const promptPaths: Record<Interaction, string> = {
  multifactor: '/u/mfa-otp-challenge',
  consent: '/u/consent',
};

/** Parks the request with what is proven so far, and sends the browser to the prompt's page. */
export const showPrompt = (
  c: Context<TenantEnv>,
  context: TenantContext,
  request: AuthorizationRequest,
  proven: Proven,
  interaction: Interaction,
): Response => {
  const state = context.randomToken(32);
  context.memory.prompts.set(state, { ...parkedFor(c, context, request), proven, interaction });
  return c.redirect(`${promptPaths[interaction]}?state=${state}`, 302);
};
