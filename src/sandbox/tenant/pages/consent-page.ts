import type { Context } from 'hono';
import { html } from 'hono/html';
import type { AuthorizationRequest } from '../checks/authorize/authorization-request.ts';
import type { TenantEnv } from '../context.ts';
import { page } from './page.ts';

const shield = html`<div class="mark"><svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6z"/><path d="m9 12 2 2 4-4"/></svg></div>`;

/** Asks whether a third-party client may have what it asks for. */
export const consentPage = (
  c: Context<TenantEnv>,
  { request, state }: { request: AuthorizationRequest; state: string },
): Promise<Response> =>
  page(c, {
    title: `Authorize ${request.client.name}`,
    status: 200,
    formTarget: new URL(request.redirectUri).origin,
    card: html`${shield}
<h1>Authorize ${request.client.name}</h1>
<p>${request.client.name} asks for access to your account: ${request.scopes.join(', ')}.</p>
<form method="post" action="/u/consent">
<input type="hidden" name="state" value="${state}">
<button type="submit" name="action" value="accept">Allow</button>
<button type="submit" name="action" value="deny" class="quiet">Decline</button>
</form>`,
  });
