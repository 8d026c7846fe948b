import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRepository } from '../../../src/commands/repository.ts';

const page = readFileSync(inRepository('docs/set-up.md'), 'utf8');
const presets = new Map(
  [...page.matchAll(/^\| (\w+) \| `(https:[^`]+)` \| `external_id` \|$/gm)].map(
    ([, system, pattern]) => [system, pattern],
  ),
);

it.each([
  ['Zendesk', 'https://acme.zendesk.com/agent/users/4711/requested_tickets', '4711'],
  [
    'Salesforce',
    'https://acme.lightning.force.com/lightning/r/Contact/0035g00000ABC/view',
    '0035g00000ABC',
  ],
  ['HubSpot', 'https://app-eu1.hubspot.com/contacts/12345/record/0-1/67890/view/1', '67890'],
  ['Intercom', 'https://app.intercom.com/a/apps/abc123/users/64f0/all-conversations', '64f0'],
  ['Freshdesk', 'https://acme.freshdesk.com/a/contacts/4711', '4711'],
])('the documented preset for %s finds the key in its records', (system, url, key) => {
  const pattern = new URLPattern(presets.get(system) ?? '');
  expect(pattern.exec(url)?.pathname.groups['key']).toBe(key);
});

it.each([...presets])('the documented preset for %s matches no look-alike', (_system, pattern) => {
  const { hostname, pathname } = new URLPattern(pattern ?? '');
  const path = pathname.replaceAll(/:\w+/g, '1').replaceAll(/\{.*?\}\?/g, '');
  const host = hostname.replaceAll(/\{.*?\}\?/g, '');
  expect(new URLPattern(pattern ?? '').test(`https://${host}${path}`)).toBe(true);
  expect(new URLPattern(pattern ?? '').test(`https://${host}.evil.example${path}`)).toBe(false);
});
