import { timingSafeEqual } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { AuthorizationRequest } from '../../checks/authorize/authorization-request.ts';
import type { Interaction } from '../../checks/interaction/interaction.ts';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { consentKey, type Proven } from '../../memory.ts';
import { badRequest } from '../../oauth-error.ts';
import { consentPage } from '../../pages/consent-page.ts';
import { multifactorPage, SANDBOX_CODE } from '../../pages/multifactor-page.ts';
import { readBody } from '../../read-parameters.ts';
import { continueSignIn, refuseSignIn } from './continue-sign-in.ts';
import { nothingParked, unpark } from './parked-requests.ts';
import { promptPaths } from './show-prompt.ts';

type Answer = {
  request: AuthorizationRequest;
  proven: Proven;
  state: string;
  body: Record<string, string>;
};

const isSandboxCode = (code: string): boolean => {
  const given = Buffer.from(code.replaceAll(' ', ''));
  const expected = Buffer.from(SANDBOX_CODE);
  return given.length === expected.length && timingSafeEqual(given, expected);
};

const answerMultifactor = (
  c: Context<TenantEnv>,
  context: TenantContext,
  { request, proven, state, body }: Answer,
): Response | Promise<Response> => {
  const passed = isSandboxCode(body['code'] ?? '');
  context.log.write({
    type: passed ? 'gd_auth_succeed' : 'gd_auth_failed',
    client: request.client,
    user: context.directory.users.get(proven.userId),
    ip: c.env.ip,
    hostname: c.var.domain.hostname,
  });
  if (!passed) {
    return multifactorPage(c, { request, state, failure: 'That code is wrong.' });
  }
  context.memory.prompts.delete(state);
  return continueSignIn(c, context, request, {
    ...proven,
    methods: [
      ...proven.methods.filter(({ name }) => name !== 'mfa'),
      { name: 'mfa', at: context.clock() },
    ],
    secondFactor: true,
  });
};

const answerConsent = (
  c: Context<TenantEnv>,
  context: TenantContext,
  { request, proven, state, body }: Answer,
): Response | Promise<Response> => {
  context.memory.prompts.delete(state);
  if (body['action'] !== 'accept') {
    const denied = badRequest('access_denied', 'User did not authorize the request');
    return refuseSignIn(c, context, request, proven, denied);
  }
  context.memory.consents.add(consentKey(proven.userId, request.client.client_id));
  return continueSignIn(c, context, request, proven);
};

/**
 * The pages that ask somebody who is known for a second factor or their consent.
 *
 * @see Auth0 documentation, "Multi-Factor Authentication", "User Consent and Third-Party Applications"
 */
export const promptRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { prompts } = context.memory;
  const pages = { multifactor: multifactorPage, consent: consentPage };
  const answers = { multifactor: answerMultifactor, consent: answerConsent };

  /** The parked request whose turn this prompt is; another prompt's page cannot answer for it. */
  const parkedAt = (interaction: Interaction, state: string) => {
    const parked = prompts.get(state);
    return parked?.interaction === interaction ? parked : undefined;
  };

  for (const interaction of ['multifactor', 'consent'] as const) {
    app.get(promptPaths[interaction], (c) => {
      const state = c.req.query('state') ?? '';
      const request = unpark(c, context, parkedAt(interaction, state));
      return request ? pages[interaction](c, { request, state }) : nothingParked(c);
    });
    app.post(promptPaths[interaction], async (c) => {
      const body = (await readBody(c)) ?? {};
      const state = body['state'] ?? '';
      const parked = parkedAt(interaction, state);
      const request = unpark(c, context, parked);
      if (!parked || !request) {
        return nothingParked(c);
      }
      return answers[interaction](c, context, { request, proven: parked.proven, state, body });
    });
  }
};
