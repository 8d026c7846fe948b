import { createHash } from 'node:crypto';
import type { EvidencePack } from '../../contract/evidence.ts';
import { type EndCause, endCauseSchema } from '../../contract/launch-state.ts';
import { type Access, type AccessOutcome, describeAccess } from './describe-access.ts';
import { escapeHtml } from './escape-html.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --dim: #59636e; --line: #d8dee4; --paper: #ffffff; --soft: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9198a1; --line: #30363d; --paper: #0d1117; --soft: #161b22; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 860px; padding: 40px 24px 64px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 8px; }
h2 { font-size: 16px; margin: 40px 0 12px; }
p { margin: 0 0 12px; max-width: 68ch; }
.dim { color: var(--dim); }
.counts { display: flex; flex-wrap: wrap; gap: 12px; margin: 24px 0 0; padding: 0; list-style: none; }
.counts li { flex: 1 1 140px; border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; background: var(--soft); }
.counts b { display: block; font-size: 22px; line-height: 1.2; }
article { border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin: 0 0 12px; break-inside: avoid; }
article h3 { display: flex; justify-content: space-between; gap: 16px; font-size: 15px; margin: 0 0 8px; }
article h3 span { font-weight: 400; color: var(--dim); text-align: end; }
dl { display: grid; grid-template-columns: 130px 1fr; gap: 4px 16px; margin: 0; }
dt { color: var(--dim); }
dd { margin: 0; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; white-space: pre-wrap;
  font: 12px/1.5 ui-monospace, monospace; }
@media (max-width: 520px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 8px; } article h3 { display: block; } article h3 span { display: block; text-align: start; } }
`;

/** What the page may load: nothing, but the style that stands in it. */
export const EVIDENCE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const OUTCOMES: Readonly<Record<AccessOutcome, string>> = {
  confirmed: 'Signed in as you, confirmed by the sign-in system',
  unconfirmed: 'Opened, not confirmed by the sign-in system',
  not_opened: 'Allowed, but never seen to open',
  failed: 'Failed: nobody was signed in as you',
  refused: 'Refused: nobody was signed in as you',
};

const ENDS: Readonly<Record<EndCause, string>> = {
  agent: 'ended by the member of staff',
  signed_out: 'signed out',
  expired: 'ended by itself',
  tab_closed: 'ended as its last tab was closed',
  replaced: 'ended by a new session of the same member of staff',
  supervisor: 'ended by a supervisor',
  revoked: 'ended because the right to it was lost',
};

const TENANT: Readonly<Record<string, string>> = {
  gone: 'the sign-in system says that the session is gone',
  still_there: 'the sign-in system still had the session',
  not_in_plan: 'the sign-in system cannot be asked',
};

const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

const minutesBetween = (from: string, to: string): string => {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  return seconds < 3600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
};

/** Whether somebody may have been signed in as the customer. */
const mayHaveHappened = ({ openedAt }: Access): boolean => openedAt !== undefined;

const howLong = ({
  openedAt,
  endedAt,
  cause,
  endsAtLatest,
  tenantSession,
}: Access): string | undefined => {
  if (openedAt === undefined) {
    return undefined;
  }
  if (endedAt === undefined) {
    const latest =
      endsAtLatest === undefined ? '' : `, ${minutesBetween(openedAt, endsAtLatest)} at most`;
    return `from ${moment(openedAt)}; no end was recorded${latest}`;
  }
  const known = endCauseSchema.safeParse(cause).data;
  const how = known === undefined ? 'ended' : ENDS[known];
  const tenant = TENANT[tenantSession ?? ''];
  return `${minutesBetween(openedAt, endedAt)}, ${how} at ${moment(endedAt)}${tenant === undefined ? '' : `; ${tenant}`}`;
};

const entry = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `<dt>${name}</dt><dd><bdi>${escapeHtml(value)}</bdi></dd>`;

const article = (access: Access): string => `<article>
<h3>${escapeHtml(moment(access.requestedAt))}<span>${OUTCOMES[access.outcome]}</span></h3>
<dl>${[
  entry('Who', access.agent),
  entry('Where', access.app),
  entry('Organization', access.organizationId),
  entry('Why', access.reason ?? 'no reason was given'),
  entry('Ticket', access.ticket),
  entry('Approved by', access.approvedBy),
  entry('How long', howLong(access)),
  entry('Refused with', access.outcome === 'confirmed' ? undefined : access.code),
].join('')}</dl>
</article>`;

const count = (number: number, one: string, many: string): string =>
  `<li><b>${number}</b>${number === 1 ? one : many}</li>`;

/**
 * Shows a pack to the customer: one page without script, image or link, that loads nothing. The pack itself, in
 * JSON, is what can be verified.
 */
export const evidencePage = (pack: EvidencePack, key: string): string => {
  const all = describeAccess(pack);
  const newestFirst = all.toReversed();
  const happened = all.filter(mayHaveHappened);
  const confirmed = all.filter(({ outcome }) => outcome === 'confirmed');
  const withheld = pack.rows.filter(({ text }) => text === undefined).length;
  const name = pack.rows
    .flatMap(({ personal }) => personal)
    .findLast(({ field }) => field === 'customerName')?.value;
  const who = name === undefined ? pack.customerId : `${name} (${pack.customerId})`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="${escapeHtml(EVIDENCE_POLICY.replace(/; frame-ancestors .*$/, ''))}">
<meta name="referrer" content="no-referrer">
<title>Who acted as you</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Who acted as you</h1>
<p class="dim">For <bdi>${escapeHtml(who)}</bdi>, since ${escapeHtml(moment(pack.since))}. Made ${escapeHtml(moment(pack.madeAt))}.</p>
<p>Members of our staff can sign in as a customer to help. Each time is recorded before it happens, in a ledger that
cannot be changed unnoticed. This is everything that it has about your account.</p>
<ul class="counts">
${count(happened.length, 'time somebody could sign in as you', 'times somebody could sign in as you')}
<li><b>${confirmed.length}</b>of them confirmed by the sign-in system</li>
${count(all.length - happened.length, 'attempt that was refused or failed', 'attempts that were refused or failed')}
</ul>
<h2>Each time, newest first</h2>
${newestFirst.length === 0 ? '<p>Nobody acted as you in this time, and nobody tried.</p>' : newestFirst.map(article).join('\n')}
${withheld === 0 ? '' : `<p class="dim">${withheld} further rows are of an old format that names the member of staff in its text. The pack proves that they are in the ledger, and withholds their text.</p>`}
<h2>How to check this</h2>
<p>The file <b>evidence.json</b> that came with this page has every row of the ledger that is behind it, with the proof that
it is in the ledger as we signed it. Anybody can check it without us, on a machine without network:</p>
<pre>node understudy-verify.mjs --key '${escapeHtml(key)}' evidence.json</pre>
<p>Take the key from where we publish it, not from this page. A change to a single letter is found.</p>
<h2>What this cannot prove</h2>
<p>That no row about you was left out of it, what a pseudonym or an app’s name stands for, and that what was recorded is
all that happened. A member of our staff has the same pseudonym in every such page, as long as we keep our key.</p>
<h2>The signed state of the ledger</h2>
<pre>${escapeHtml(pack.checkpoint)}</pre>
</body>
</html>
`;
};
