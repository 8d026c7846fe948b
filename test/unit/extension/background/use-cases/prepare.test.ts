import { expect, test } from 'vitest';
import { agentIdSchema, customerIdSchema } from '../../../../../src/contract/ids.ts';
import { createPrepare } from '../../../../../src/extension/background/use-cases/prepare.ts';
import { done, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';

type World = { readonly signedIn?: boolean; readonly loaded?: boolean; readonly known?: boolean };

/** What is fetched when a view opens in such a world, in order. */
const fetchedWhen = async ({ signedIn = true, loaded = true, known = true }: World) => {
  const did: string[] = [];
  const note = (what: string) => async () => {
    did.push(what);
  };
  const prepare = createPrepare({
    tokens: {
      ahead: async () =>
        signedIn
          ? done({
              backendOrigin: '',
              sub: '',
              accessToken: '',
              accessTokenExpiresAt: 0,
              idToken: '',
              idTokenReceivedAt: 0,
            })
          : refused(extensionProblem('signed_out')),
    },
    prefills: { resolve: note('prefill') },
    customers: {
      profile: {
        read: async () => undefined,
        problem: async () => undefined,
        load: async () => undefined,
        refresh: async () => {
          did.push('profile');
          return loaded;
        },
      },
      agentId: async () => (known ? agentIdSchema.parse('auth0|agent') : undefined),
      recents: {
        of: async () => [
          { customerId: customerIdSchema.parse('auth0|mara'), targetAppId: 'shop', pinned: false },
        ],
      },
      directory: {
        refresh: async (ids: readonly string[]) => {
          did.push(`refresh ${ids.join()}`);
        },
        fetchMissing: async (ids: readonly string[]) => {
          did.push(`fetch missing ${ids.join()}`);
        },
      },
    } as unknown as Parameters<typeof createPrepare>[0]['customers'],
    menus: { update: note('menus') },
    restoreSessions: note('restore'),
    catchUp: note('catch up'),
    changed: () => did.push('changed'),
  });
  await prepare();
  return did;
};

test('a view that opens gets the profile first, then sessions, then the names of recents', async () => {
  expect(await fetchedWhen({})).toEqual([
    'prefill',
    'profile',
    'changed',
    'restore',
    'catch up',
    'refresh auth0|mara',
    'changed',
    'menus',
  ]);
});

test('with a fresh profile only what is missing is fetched', async () => {
  expect(await fetchedWhen({ loaded: false })).toEqual([
    'prefill',
    'profile',
    'changed',
    'catch up',
    'fetch missing auth0|mara',
    'changed',
    'menus',
  ]);
});

test('nothing is fetched for nobody', async () => {
  expect(await fetchedWhen({ signedIn: false })).toEqual([]);
  expect(await fetchedWhen({ known: false })).toEqual(['prefill', 'profile', 'changed']);
});
