import { describe, expect, test } from 'vitest';
import {
  isRecordUrl,
  matchPatternsOf,
} from '../../../../../src/extension/background/entry-points/match-patterns.ts';

const patternOf = (urlPattern: string) => matchPatternsOf([{ urlPattern }]);

describe('the match pattern of a record pattern', () => {
  test.each([
    ['https://acme.zendesk.com/agent/users/:key', 'https://acme.zendesk.com/agent/users/*'],
    ['https://acme.zendesk.com/agent/users/:key/*', 'https://acme.zendesk.com/agent/users/*'],
    [
      'https://app.hubspot.com/contacts/:portal/record/0-1/:key',
      'https://app.hubspot.com/contacts/*',
    ],
    ['https://app.intercom.com/a/apps/:app/users/:key{/*}?', 'https://app.intercom.com/a/apps/*'],
    [
      'https://*.lightning.force.com/lightning/r/Contact/:key/view',
      'https://*.lightning.force.com/lightning/r/Contact/*',
    ],
    ['https://:tenant.freshdesk.com/a/contacts/:key', 'https://*.freshdesk.com/a/contacts/*'],
    ['http://crm.localhost:4711/customers/:key', 'http://crm.localhost/customers/*'],
    ['http{s}?://crm.example.com/c/:key', '*://crm.example.com/c/*'],
    ['https://crm.example.com/view?id=:key', 'https://crm.example.com/view*'],
    ['https://crm.example.com/c/(\\d+)', 'https://crm.example.com/c/*'],
    ['https://*/c/:key', 'https://*/c/*'],
  ])('%s is %s', (urlPattern, expected) => {
    expect(patternOf(urlPattern)).toEqual([expected]);
  });

  test('is left out for what is no pattern', () => {
    expect(patternOf('https://crm.example.com/(unclosed')).toEqual([]);
  });

  test('is given once', () => {
    const urlPattern = 'https://crm.example.com/c/:key';
    expect(matchPatternsOf([{ urlPattern }, { urlPattern }])).toEqual([
      'https://crm.example.com/c/*',
    ]);
  });
});

// The rows of docs/set-up.md. @see each product's own pages, as they are addressed in November 2026
describe('the preset of', () => {
  test.each([
    [
      'Zendesk',
      'https://acme.zendesk.com/agent/users/:key{/*}?',
      'https://acme.zendesk.com/agent/users/',
      '361234567/requested_tickets',
    ],
    [
      'Salesforce',
      'https://acme.lightning.force.com/lightning/r/Contact/:key/view',
      'https://acme.lightning.force.com/lightning/r/Contact/',
      '0035g00000ABCdEAAX/view',
    ],
    [
      'HubSpot',
      'https://app{-:region}?.hubspot.com/contacts/:portal/record/0-1/:key{/*}?',
      'https://app-eu1.hubspot.com/contacts/139/record/0-1/',
      '25051',
    ],
    [
      'Intercom',
      'https://app.intercom.com/a/apps/:app/users/:key{/*}?',
      'https://app.intercom.com/a/apps/ab12cd34/users/',
      '5f3c1a2b/all-conversations',
    ],
    [
      'Freshdesk',
      'https://acme.freshdesk.com/a/contacts/:key{/*}?',
      'https://acme.freshdesk.com/a/contacts/',
      '77001234567',
    ],
  ])('%s matches a record, finds its key, and has a menu', (_name, urlPattern, before, rest) => {
    const url = before + rest;
    expect(isRecordUrl(url, [{ urlPattern }])).toBe(true);
    expect(new URLPattern(urlPattern).exec(url)?.pathname.groups['key']).toBe(rest.split('/')[0]);
    expect(isRecordUrl(before, [{ urlPattern }])).toBe(false);
    expect(patternOf(urlPattern)[0]).toMatch(/^https:\/\/[a-z*.]+\/[a-z/]+/i);
  });
});

describe('an address is of a record', () => {
  const patterns = [{ urlPattern: 'https://crm.example.com/c/:key' }];

  test('when a pattern matches it exactly, whatever its query', () => {
    expect(isRecordUrl('https://crm.example.com/c/42?tab=notes', patterns)).toBe(true);
  });

  test.each([
    'https://crm.example.com/c/42/edit',
    'https://crm.example.com.evil.example/c/42',
    'http://crm.example.com/c/42',
    'https://evil.example/?https://crm.example.com/c/42',
    'not an address',
  ])('but not %s', (url) => {
    expect(isRecordUrl(url, patterns)).toBe(false);
  });
});
