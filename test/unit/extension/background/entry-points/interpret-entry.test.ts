import { describe, expect, test } from 'vitest';
import { launchIdSchema } from '../../../../../src/contract/ids.ts';
import {
  meaningOfCommand,
  sourceOfClick,
} from '../../../../../src/extension/background/entry-points/interpret-entry.ts';

const click = (changed: object) => ({
  itemId: 'page',
  pageUrl: undefined,
  frameUrl: undefined,
  linkUrl: undefined,
  selectionText: undefined,
  tabUrl: undefined,
  ...changed,
});

describe('a menu item', () => {
  test('on a page means the page, the frame before the page around it', () => {
    const pageUrl = 'https://crm.example.com/c/1#note';
    const frameUrl = 'https://frame.example.com/c/2';
    expect(sourceOfClick(click({ pageUrl }))).toEqual({
      kind: 'record',
      urls: ['https://crm.example.com/c/1'],
    });
    expect(sourceOfClick(click({ pageUrl, frameUrl }))).toEqual({
      kind: 'record',
      urls: ['https://frame.example.com/c/2', 'https://crm.example.com/c/1'],
    });
  });

  test('on a link means where it leads, whatever it says', () => {
    const linkUrl = 'https://crm.example.com/c/2';
    const source = sourceOfClick(
      click({ itemId: 'link', linkUrl, selectionText: 'Nora', pageUrl: 'https://evil.example/' }),
    );
    expect(source).toEqual({ kind: 'record', urls: [linkUrl] });
  });

  test('on a mail link means its only recipient', () => {
    const linkUrl = 'mailto:nora@mail.example?cc=mallory@mail.example';
    expect(sourceOfClick(click({ itemId: 'link', linkUrl }))).toEqual({
      kind: 'email',
      email: 'nora@mail.example',
    });
  });

  test('on a mail link to several is a search, so that the agent sees which', () => {
    const linkUrl = 'mailto:a@mail.example,b@mail.example';
    expect(sourceOfClick(click({ itemId: 'link', linkUrl }))).toEqual({
      kind: 'search',
      text: 'a@mail.example,b@mail.example',
    });
  });

  test('on a selection means the address in it, else a search', () => {
    const at = (selectionText: string) =>
      sourceOfClick(click({ itemId: 'selection', selectionText }));
    expect(at(' nora@mail.example ')).toEqual({ kind: 'email', email: 'nora@mail.example' });
    expect(at('Nora\nLindqvist')).toEqual({ kind: 'search', text: 'Nora Lindqvist' });
  });

  test('of a recent pair means that pair', () => {
    expect(sourceOfClick(click({ itemId: 'pair:["auth0|nora","shop"]' }))).toEqual({
      kind: 'customer',
      customerId: 'auth0|nora',
      targetAppId: 'shop',
    });
  });

  test.each(['pair:["auth0|nora"]', 'pair:{}', 'pair:[1,2]', 'pair:', 'launch', ''])(
    'of another form, %j, means nothing',
    (itemId) => {
      expect(sourceOfClick(click({ itemId }))).toBeUndefined();
    },
  );
});

describe('a keyboard command', () => {
  const LAUNCH = launchIdSchema.parse('11111111-1111-4111-8111-111111111111');
  const meaning = (name: string, url?: string, launch?: typeof LAUNCH) =>
    meaningOfCommand(name, { id: 7, url, store: 'default' }, async () => launch);

  test('means the page in front', async () => {
    expect(await meaning('act_on_page', 'https://crm.example.com/c/1')).toEqual({
      prefill: { kind: 'record', urls: ['https://crm.example.com/c/1'] },
    });
    expect(await meaning('act_on_page')).toEqual({ prefill: { kind: 'record', urls: [] } });
  });

  test('means the last launch', async () => {
    expect(await meaning('repeat_launch')).toEqual({ prefill: { kind: 'last_launch' } });
  });

  test('means to end the session of the tab, or says that there is none', async () => {
    expect(await meaning('end_session', undefined, LAUNCH)).toEqual({
      prefill: { kind: 'launch', launchId: LAUNCH },
      end: LAUNCH,
    });
    expect(await meaning('end_session')).toMatchObject({
      prefill: { problem: { code: 'no_session_here' } },
    });
  });

  test('of another name means nothing', async () => {
    expect(await meaning('launch')).toBeUndefined();
  });
});
