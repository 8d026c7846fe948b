import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import type { SessionBrowser } from './session-browser.ts';

/**
 * Asks the agents' domain, without a prompt and in an ordinary tab, whether the agent is signed in there:
 * `signed_in`, or the error that it answers with.
 */
export const ownSessionAnswer = async (
  { context }: SessionBrowser,
  { tenant, extension, clients }: Endpoints,
): Promise<string> => {
  const redirectUri = `https://${extension.id}.chromiumapp.org/sign-in`;
  const authorize = new URL('/authorize', tenant.agents);
  authorize.search = new URLSearchParams({
    client_id: clients.extension.clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid',
    prompt: 'none',
    state: 's',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }).toString();
  const page = await context.newPage();
  const answered = page.waitForRequest((request) => request.url().startsWith(redirectUri));
  await page.goto(authorize.href).catch(() => undefined);
  const answer = new URL((await answered).url()).searchParams;
  await page.close();
  return answer.get('error') ?? (answer.has('code') ? 'signed_in' : 'no_answer');
};
