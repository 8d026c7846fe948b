import type { Context } from 'hono';
import { html } from 'hono/html';
import type { AuthorizationRequest } from '../checks/authorize/authorization-request.ts';
import type { TenantEnv } from '../context.ts';
import { page } from './page.ts';

/** The one code that every authenticator of the sandbox shows. */
export const SANDBOX_CODE = '246810';

const lock = html`<div class="mark"><svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/></svg></div>`;

/** The form with the field `code`; says when it was wrong, and what the sandbox's code is. */
export const multifactorPage = (
  c: Context<TenantEnv>,
  options: { request: AuthorizationRequest; state: string; failure?: string },
): Promise<Response> => {
  const { request, state, failure } = options;
  return page(c, {
    title: `Verify your identity · ${request.client.name}`,
    status: failure ? 400 : 200,
    formTarget: new URL(request.redirectUri).origin,
    card: html`${lock}
<h1>Verify your identity</h1>
<p>Enter the code of your authenticator app. In this sandbox it is <code>${SANDBOX_CODE}</code>.</p>
${failure ? html`<div class="failure" role="alert">${failure}</div>` : ''}
<form method="post" action="/u/mfa-otp-challenge">
<input type="hidden" name="state" value="${state}">
<label>One-time code
<input name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required autofocus aria-invalid="${failure ? 'true' : 'false'}"></label>
<button type="submit">Continue</button>
</form>`,
  });
};
