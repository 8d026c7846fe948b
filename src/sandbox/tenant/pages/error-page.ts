import type { Context } from 'hono';
import { html } from 'hono/html';
import type { TenantEnv } from '../context.ts';
import { page } from './page.ts';

const sign = html`<div class="mark bad"><svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M12 8v5m0 3.5v.5"/><path d="M10.3 3.9 2.4 18a2 2 0 0 0 1.7 3h15.8a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0z"/></svg></div>`;

/** The page for refusals that must not, or cannot, go back to the application. */
export const errorPage = (
  c: Context<TenantEnv>,
  refusal: { error: string; description: string; status: number },
): Promise<Response> =>
  page(c, {
    title: 'Sign-in was not possible',
    status: refusal.status === 403 ? 403 : 400,
    card: html`${sign}
<h1>Sign-in was not possible</h1>
<p role="alert">${refusal.description}</p>
<dl><dt>Code</dt><dd data-testid="error">${refusal.error}</dd></dl>`,
  });
