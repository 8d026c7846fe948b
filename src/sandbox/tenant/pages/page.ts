import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { TenantEnv } from '../context.ts';
import { PAGE_STYLE } from './page-style.ts';

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/**
 * Headers of every page: nothing cached, no referrer, no foreign resource, no frame. Forms go to
 * the tenant and, since Chromium follows redirects with `form-action`, on to the given origin.
 */
const setPageHeaders = (
  c: Context<TenantEnv>,
  nonce: string,
  formTarget: string | undefined,
): void => {
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('X-Content-Type-Options', 'nosniff');
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'${
      formTarget ? ` ${formTarget}` : ''
    }; base-uri 'none'; frame-ancestors 'none'`,
  );
};

/** A complete page around a card. */
export const page = async (
  c: Context<TenantEnv>,
  options: { title: string; card: Markup; status: 200 | 400 | 403; formTarget?: string },
): Promise<Response> => {
  const nonce = randomBytes(16).toString('base64url');
  setPageHeaders(c, nonce, options.formTarget);
  const card = await options.card;
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${options.title}</title>
<style nonce="${nonce}">${raw(PAGE_STYLE)}</style>
</head>
<body><main><div class="card">${card}</div>
<footer>Understudy sandbox · ${c.var.domain.hostname}</footer></main></body>
</html>`;
  return c.html(document, options.status);
};
