import type { Context } from 'hono';
import { html } from 'hono/html';
import type { TenantEnv } from '../context.ts';
import { page } from './page.ts';

/** Where logout ends without a page to go back to. */
export const signedOutPage = (c: Context<TenantEnv>): Promise<Response> =>
  page(c, {
    title: 'Signed out',
    status: 200,
    card: html`<h1>Signed out</h1><p>You can close this tab.</p>`,
  });
