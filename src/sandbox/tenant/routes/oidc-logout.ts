import type { Context, Hono } from 'hono';
import type { LogoutRequest } from '../checks/logout/logout-check.ts';
import { orderedLogoutChecks } from '../checks/logout/ordered-logout-checks.ts';
import { allowedTargets } from '../checks/logout/redirect-allowed.ts';
import type { TenantContext, TenantEnv } from '../context.ts';
import { errorPage } from '../pages/error-page.ts';
import { logoutPromptPage } from '../pages/logout-prompt-page.ts';
import { signedOutPage } from '../pages/signed-out-page.ts';
import { readBody, readQuery } from '../read-parameters.ts';
import { endOwnSession } from '../sessions/end-own-session.ts';
import { currentSession, deviceOf, ensureDevice } from '../sessions/session-cookies.ts';

const PROMPT_LIFETIME_IN_MILLISECONDS = 10 * 60 * 1000;

const malformed = (c: Context<TenantEnv>, description: string) =>
  errorPage(c, { error: 'invalid_request', description, status: 400 });

const readRequest = async (
  context: TenantContext,
  parameters: Record<string, string>,
): Promise<LogoutRequest> => {
  const token = parameters['id_token_hint'];
  const hint = token ? await context.signer.verifyIgnoringExpiry(token) : undefined;
  const clientId = parameters['client_id'] ?? [hint?.aud ?? []].flat()[0] ?? '';
  return { context, parameters, hint, client: context.directory.clients.get(clientId) };
};

/** Whether the hints name this browser's session; without one, nobody needs to be asked. */
const mustAsk = (c: Context<TenantEnv>, { context, parameters, hint }: LogoutRequest): boolean => {
  const session = currentSession(context, c);
  if (!session || !context.conditions.oidcLogoutPromptEnabled) {
    return false;
  }
  return session.id !== (hint?.['sid'] ?? parameters['logout_hint']);
};

/** Where to go: as asked, or to the first allowed URL of a client that was named. */
const targetOf = (request: LogoutRequest): string | undefined => {
  const { client_id, post_logout_redirect_uri: asked, state } = request.parameters;
  const target = asked ?? (client_id === undefined ? undefined : allowedTargets(request)[0]);
  if (target === undefined || state === undefined) {
    return target;
  }
  const url = new URL(target);
  url.searchParams.set('state', state);
  return url.href;
};

const finish = (
  c: Context<TenantEnv>,
  request: LogoutRequest,
  target: string | undefined,
): Response | Promise<Response> => {
  endOwnSession(c, request.context, request.client);
  return target === undefined ? signedOutPage(c) : c.redirect(target, 302);
};

const logout = async (
  c: Context<TenantEnv>,
  context: TenantContext,
  parameters: Record<string, string> | undefined,
): Promise<Response> => {
  if (!parameters) {
    return malformed(c, 'A parameter is given twice.');
  }
  const request = await readRequest(context, parameters);
  for (const check of orderedLogoutChecks) {
    const error = check(request);
    if (error) {
      return malformed(c, error.description);
    }
  }
  const target = targetOf(request);
  if (!mustAsk(c, request)) {
    return finish(c, request, target);
  }
  const state = context.randomToken(32);
  context.memory.logoutPrompts.set(state, {
    parameters,
    origin: c.var.domain.origin,
    device: ensureDevice(context, c),
    expiresAt: context.clock() + PROMPT_LIFETIME_IN_MILLISECONDS,
  });
  return logoutPromptPage(c, { state, target });
};

const confirm = async (c: Context<TenantEnv>, context: TenantContext): Promise<Response> => {
  const state = (await readBody(c))?.['state'] ?? '';
  const prompt = context.memory.logoutPrompts.get(state);
  const isOwn =
    prompt !== undefined &&
    prompt.expiresAt > context.clock() &&
    prompt.origin === c.var.domain.origin &&
    prompt.device === deviceOf(c);
  if (!isOwn) {
    return malformed(c, 'This question is no longer open. Sign out again.');
  }
  context.memory.logoutPrompts.delete(state);
  const request = await readRequest(context, prompt.parameters);
  return finish(c, request, targetOf(request));
};

/**
 * RP-initiated logout on the domain it is called on, by GET or POST. Parameters that contradict each
 * other are an error; without a hint of this browser's own session, the person is asked first.
 *
 * @see OpenID Connect RP-Initiated Logout 1.0 §2; Auth0 documentation, "Log Users Out of Auth0 with
 * OIDC Endpoint", "Logout consent prompt"
 */
export const oidcLogoutRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  app.get('/oidc/logout', (c) => logout(c, context, readQuery(c)));
  app.post('/oidc/logout', async (c) => logout(c, context, await readBody(c)));
  app.post('/oidc/logout/confirm', (c) => confirm(c, context));
};
