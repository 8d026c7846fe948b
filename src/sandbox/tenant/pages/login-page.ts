import type { Context } from 'hono';
import { html } from 'hono/html';
import type { AuthorizationRequest } from '../checks/authorize/authorization-request.ts';
import type { TenantEnv } from '../context.ts';
import { page } from './page.ts';

const key = html`<div class="mark"><svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="12" cy="8" r="4"/><path d="M4 21c0-4 3.6-6 8-6s8 2 8 6"/></svg></div>`;

/** The form with the fields `username` and `password`; says when they were wrong. */
export const loginPage = (
  c: Context<TenantEnv>,
  options: { request: AuthorizationRequest; state: string; email: string; failure?: string },
): Promise<Response> => {
  const { request, state, email, failure } = options;
  const organization = request.organization ? ` at ${request.organization.display_name}` : '';
  const invalid = failure ? 'true' : 'false';
  return page(c, {
    title: `Sign in · ${request.client.name}`,
    status: failure ? 400 : 200,
    formTarget: new URL(request.redirectUri).origin,
    card: html`${key}
<h1>Sign in</h1>
<p>to continue to ${request.client.name}${organization}</p>
${failure ? html`<div class="failure" role="alert" id="failure">${failure}</div>` : ''}
<form method="post" action="/u/login">
<input type="hidden" name="state" value="${state}">
<label>Email address
<input name="username" type="text" inputmode="email" autocomplete="username" autocapitalize="none" spellcheck="false" required value="${email}" aria-invalid="${invalid}" ${email ? '' : html`autofocus`}></label>
<label>Password
<input name="password" type="password" autocomplete="current-password" required aria-invalid="${invalid}" ${email ? html`autofocus` : ''}></label>
<button type="submit">Continue</button>
</form>`,
  });
};
