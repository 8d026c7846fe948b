import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

export type ShopVisitor = {
  name: string;
  email: string;
  id: string;
  organization: string | undefined;
  act: unknown;
};

const bag = html`<svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M6 8h12l1 12a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1z"/><path d="M9 10V6a3 3 0 0 1 6 0v4"/></svg>`;

const layout = (title: string, action: Markup | '', body: Markup): Markup => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/app.css">
</head>
<body>
<header><div class="bar"><a class="brand" href="/">${bag}Shop</a><span class="grow"></span>${action}</div></header>
<main>${body}</main>
</body>
</html>`;

const orders = html`<section class="card scroll" aria-labelledby="orders"><table>
<caption id="orders" hidden>Your orders</caption>
<thead><tr><th>Order</th><th>Placed</th><th>Status</th><th class="num">Total</th></tr></thead>
<tbody>
<tr><td>#10482 · Walnut desk lamp</td><td>12 Nov 2026</td><td><span class="tag">On its way</span></td><td class="num">€ 89.00</td></tr>
<tr><td>#10311 · Linen notebook, set of 3</td><td>28 Oct 2026</td><td><span class="tag">Delivered</span></td><td class="num">€ 24.50</td></tr>
<tr><td>#10127 · Enamel kettle</td><td>3 Oct 2026</td><td><span class="tag">Delivered</span></td><td class="num">€ 62.00</td></tr>
</tbody></table></section>`;

/** The page of somebody signed in, and of the agent behind them when there is one. */
export const signedInPage = (visitor: ShopVisitor): Markup =>
  layout(
    'Shop',
    html`<a class="button" href="/logout">Sign out</a>`,
    html`<h1 dir="auto">Hello, ${visitor.name}</h1>
${orders}
<div class="cols">
<section class="card" data-testid="user"><h2>Your account</h2><dl>
<dt>Name</dt><dd data-testid="user-name">${visitor.name}</dd>
<dt>Email</dt><dd data-testid="user-email">${visitor.email}</dd>
<dt>Id</dt><dd class="mono" data-testid="user-id">${visitor.id}</dd>
${visitor.organization ? html`<dt>Organization</dt><dd class="mono" data-testid="organization">${visitor.organization}</dd>` : ''}
</dl></section>
${
  visitor.act === undefined
    ? ''
    : html`<section class="card"><h2>Acting on your behalf</h2><pre data-testid="act">${JSON.stringify(visitor.act, null, 2)}</pre></section>`
}
</div>`,
  );

/** The front page for everybody else. */
export const signedOutPage = (): Markup =>
  layout(
    'Shop',
    '',
    html`<section class="card hero" data-testid="signed-out"><h1>Good things for your desk</h1>
<p>Sign in to see your orders, returns and saved addresses.</p>
<a class="button primary" href="/login">Sign in</a></section>`,
  );

/** What went wrong on the way back from signing in. */
export const failedPage = (error: string, description: string): Markup =>
  layout(
    'Sign-in failed · Shop',
    '',
    html`<section class="card hero" data-testid="failed" role="alert"><h1>We could not sign you in</h1>
<p>${description}</p><p class="mono" data-testid="error">${error}</p>
<a class="button" href="/">Back to the shop</a></section>`,
  );
