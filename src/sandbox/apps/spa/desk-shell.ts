import { html } from 'hono/html';

/** The one page of the Desk; its script fills it in. */
export const deskShell = (options: { issuer: string; clientId: string }) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Desk</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/app.css">
<script type="module" src="/desk.js"></script>
</head>
<body data-issuer="${options.issuer}" data-client-id="${options.clientId}">
<header><div class="bar"><a class="brand" href="/"><svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><rect x="3" y="4" width="18" height="13" rx="2"/><path d="M8 21h8M12 17v4"/></svg>Desk</a><span class="grow"></span>
<a class="button" href="/logout" id="sign-out" hidden>Sign out</a></div></header>
<main>
<section class="card hero" id="loading"><p>One moment…</p></section>

<section class="card hero" id="signed-out" data-testid="signed-out" hidden>
<h1>Your team's workspace</h1>
<p>Desk belongs to your organization. Enter its name to sign in.</p>
<form id="organization-form">
<label class="field">Organization<input name="organization" autocomplete="organization" autocapitalize="none" spellcheck="false" required></label>
<button class="button primary" type="submit">Sign in</button>
</form></section>

<section class="card hero" id="failed" data-testid="failed" role="alert" hidden>
<h1>We could not sign you in</h1>
<p id="failed-description"></p><p class="mono" id="failed-error" data-testid="error"></p>
<a class="button" href="/">Back to Desk</a></section>

<template id="signed-in">
<h1 dir="auto" data-fill="greeting"></h1>
<section class="card scroll"><table>
<thead><tr><th>Ticket</th><th>Opened</th><th>Status</th></tr></thead>
<tbody>
<tr><td>DSK-218 · Cannot export the October report</td><td>18 Nov 2026</td><td><span class="tag">Waiting for you</span></td></tr>
<tr><td>DSK-207 · Add two seats to our plan</td><td>9 Nov 2026</td><td><span class="tag">Solved</span></td></tr>
<tr><td>DSK-195 · Single sign-on for contractors</td><td>27 Oct 2026</td><td><span class="tag">Solved</span></td></tr>
</tbody></table></section>
<div class="cols">
<section class="card" data-testid="user"><h2>Your account</h2><dl>
<dt>Name</dt><dd data-fill="name" data-testid="user-name"></dd>
<dt>Email</dt><dd data-fill="email" data-testid="user-email"></dd>
<dt>Id</dt><dd class="mono" data-fill="id" data-testid="user-id"></dd>
<dt>Organization</dt><dd class="mono" data-fill="organization" data-testid="organization"></dd>
</dl></section>
<section class="card" data-part="act"><h2>Acting on your behalf</h2><pre data-fill="act" data-testid="act"></pre></section>
</div>
</template>
</main>
</body>
</html>`;
