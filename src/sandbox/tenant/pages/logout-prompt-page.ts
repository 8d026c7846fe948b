import type { Context } from 'hono';
import { html } from 'hono/html';
import type { TenantEnv } from '../context.ts';
import { page } from './page.ts';

/** Asks whether a logout is really meant that no hint of this session came with. */
export const logoutPromptPage = (
  c: Context<TenantEnv>,
  { state, target }: { state: string; target: string | undefined },
): Promise<Response> =>
  page(c, {
    title: 'Sign out?',
    status: 200,
    ...(target !== undefined && { formTarget: new URL(target).origin }),
    card: html`<h1>Sign out?</h1>
<p>You are about to sign out of ${c.var.domain.hostname}.</p>
<form method="post" action="/oidc/logout/confirm">
<input type="hidden" name="state" value="${state}">
<button type="submit">Sign out</button>
</form>`,
  });
