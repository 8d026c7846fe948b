import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { TenantEnv } from '../context.ts';

/**
 * Posts the response to the page that holds the frame, which must be of the redirect URI's origin
 * and one of the client's web origins.
 *
 * @see OAuth 2.0 Web Message Response Mode (draft) §4
 */
export const webMessagePage = (
  c: Context<TenantEnv>,
  redirectUri: string,
  webOrigins: readonly string[],
  response: Record<string, string>,
): Response | Promise<Response> => {
  const nonce = randomBytes(16).toString('base64url');
  const target = new URL(redirectUri).origin;
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'no-referrer');
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors ${
      webOrigins.includes(target) ? target : "'none'"
    }`,
  );
  // In a script `<` could end it; JSON may escape any character.
  const message = JSON.stringify({ type: 'authorization_response', response }).replaceAll(
    '<',
    '\\u003c',
  );
  return c.html(html`<!doctype html>
<title>Authorization response</title>
<script nonce="${nonce}">(window.opener || window.parent).postMessage(${raw(message)}, ${raw(JSON.stringify(target))});</script>`);
};
