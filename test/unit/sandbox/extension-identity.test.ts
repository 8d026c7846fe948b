import { expect, test } from 'vitest';
import manifest from '../../../manifest.json' with { type: 'json' };
import { extensionIdentity } from '../../../src/sandbox/extension-identity.ts';

test('ids and redirects are those that the browsers derive', () => {
  expect(extensionIdentity(manifest.key)).toEqual({
    chromeId: 'japaafnbibnohbeomeojlkkoeiinbkap',
    redirectOrigins: {
      chrome: 'https://japaafnbibnohbeomeojlkkoeiinbkap.chromiumapp.org',
      firefox: 'https://4aceaa0d198483f6e6bcb99ddd9e6abb171188e5.extensions.allizom.org',
    },
  });
});
