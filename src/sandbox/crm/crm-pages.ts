import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What the CRM knows about a customer. */
export type CrmRecord = {
  id: string;
  name: string;
  email: string;
  connection: string;
  organizations: string[];
};

const layout = (title: string, body: Markup): Markup => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/app.css">
</head>
<body>
<header><div class="bar"><a class="brand" href="/customers"><svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-3.6 2.9-5.5 6.5-5.5s6.5 1.9 6.5 5.5M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.9c2.1.7 3.5 2.4 3.5 5.1"/></svg>Rolodex CRM</a></div></header>
<main>${body}</main>
</body>
</html>`;

const recordPath = (id: string): string => `/customers/${encodeURIComponent(id)}`;

/** The table of every record. */
export const listPage = (records: readonly CrmRecord[]): Markup =>
  layout(
    'Customers · Rolodex CRM',
    html`<div><h1>Customers</h1><p>${records.length} records</p></div>
<section class="card scroll"><table class="even">
<thead><tr><th>Name</th><th>Email</th><th>Company</th></tr></thead>
<tbody>${records.map(
      (record) =>
        html`<tr><td><a href="${recordPath(record.id)}"><bdi>${record.name}</bdi></a></td><td><a href="mailto:${encodeURI(record.email)}">${record.email}</a></td><td>${record.organizations.join(', ')}</td></tr>`,
    )}</tbody></table></section>`,
  );

/** One record. */
export const recordPage = (record: CrmRecord): Markup =>
  layout(
    'Customer · Rolodex CRM',
    html`<h1 dir="auto">${record.name}</h1>
<section class="card"><h2>Contact</h2><dl>
<dt>Email</dt><dd><a href="mailto:${encodeURI(record.email)}">${record.email}</a></dd>
<dt>Company</dt><dd>${record.organizations.join(', ') || '–'}</dd>
<dt>Signs in with</dt><dd>${record.connection}</dd>
<dt>Record</dt><dd class="mono">${record.id}</dd>
</dl></section>
<section class="card"><h2>Notes</h2><p>Prefers a call before noon. Renewal is due in March.</p></section>`,
  );

/** For addresses without a record. */
export const missingPage = (): Markup =>
  layout(
    'No such customer · Rolodex CRM',
    html`<section class="card hero"><h1>No such customer</h1><a class="button" href="/customers">All customers</a></section>`,
  );
