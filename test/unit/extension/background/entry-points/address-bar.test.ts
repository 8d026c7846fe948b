import { describe, expect, test } from 'vitest';
import { customerIdSchema } from '../../../../../src/contract/ids.ts';
import { createAddressBar } from '../../../../../src/extension/background/entry-points/address-bar.ts';
import {
  escapeXml,
  type Suggestion,
} from '../../../../../src/extension/browser/entry-points/omnibox.ts';
import { done } from '../../../../../src/extension/messages/wire/outcome.ts';

const NORA = {
  id: customerIdSchema.parse('auth0|nora'),
  name: '<b>Nora\u202e</b>',
  email: 'nora@mail.example',
  emailVerified: true,
  connection: 'db',
};

const addressBar = (signedIn = true) => {
  const searched: string[] = [];
  const waits: (() => void)[] = [];
  const bar = createAddressBar({
    directory: {
      search: async (query) => {
        searched.push(query);
        return done({ customers: [NORA], searched: { fields: [] }, more: false });
      },
      known: async () => new Map([['auth0|nora', NORA]]),
    },
    isSignedIn: async () => signedIn,
    delay: () => new Promise<void>((resolve) => waits.push(resolve)),
  });
  const pause = (): void => {
    for (const resume of waits.splice(0)) {
      resume();
    }
  };
  return { bar, searched, pause };
};

describe('the address bar', () => {
  test('asks once for fast typing, and shows only the answer to the last', async () => {
    const { bar, searched, pause } = addressBar();
    const shown: (readonly Suggestion[])[] = [];
    const typing = ['nor', 'nora', 'nora l'].map((text) => bar.suggest(text, (s) => shown.push(s)));
    pause();
    await Promise.all(typing);
    expect(searched).toEqual(['nora l']);
    expect(shown).toEqual([
      [{ content: 'auth0|nora', description: '<b>Nora\ufffd</b> · nora@mail.example · db' }],
    ]);
  });

  test('asks nothing for a single character', async () => {
    const { bar, searched } = addressBar();
    await bar.suggest('n', () => undefined);
    expect(searched).toEqual([]);
  });

  test('asks nothing while nobody is signed in', async () => {
    const { bar, searched, pause } = addressBar(false);
    const typing = bar.suggest('nora', () => undefined);
    pause();
    await typing;
    expect(searched).toEqual([]);
  });

  test('takes a suggestion for its customer, an address for an address, anything else for a search', async () => {
    const { bar } = addressBar();
    expect(await bar.sourceOf('auth0|nora')).toEqual({
      kind: 'customer',
      customerId: 'auth0|nora',
    });
    expect(await bar.sourceOf('nora@mail.example')).toEqual({
      kind: 'email',
      email: 'nora@mail.example',
    });
    expect(await bar.sourceOf('auth0|other')).toEqual({ kind: 'search', text: 'auth0|other' });
  });
});

test('a suggestion is text to Chromium, which parses XML', () => {
  expect(escapeXml(`<match>"Tom" & 'Jerry'</match>`)).toBe(
    '&lt;match&gt;&quot;Tom&quot; &amp; &apos;Jerry&apos;&lt;/match&gt;',
  );
});
