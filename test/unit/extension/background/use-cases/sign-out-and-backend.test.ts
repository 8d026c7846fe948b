import { describe, expect, test } from 'vitest';
import { createSaveBackend } from '../../../../../src/extension/background/use-cases/save-backend.ts';
import { createSignOutOfEverything } from '../../../../../src/extension/background/use-cases/sign-out.ts';
import { done, refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../../../src/extension/messages/wire/problem.ts';
import { BACKEND } from '../fakes.ts';

const noting = () => {
  const did: string[] = [];
  const note = (what: string) => async () => {
    did.push(what);
  };
  return { did, note };
};

describe('signing out', () => {
  test('stops a launch, ends the customers’ sessions and takes their badges away before the tokens are gone', async () => {
    const { did, note } = noting();
    const signOut = createSignOutOfEverything({
      stopLaunch: note('stop launch'),
      sessions: {
        endAll: async (cause) => {
          did.push(`end all ${cause}`);
        },
        keptSessions: {
          forgetOthers: async () => {
            did.push('forget containers');
            return true;
          },
        },
        refresh: note('refresh'),
      },
      signOutOfTenant: async () => {
        did.push('tenant');
        return done({ revoked: true, webSessionEnded: true });
      },
      menus: { update: note('menus') },
      now: () => 0,
    });
    expect(await signOut()).toEqual(done({ revoked: true, webSessionEnded: true }));
    expect(did).toEqual([
      'stop launch',
      'end all signed_out',
      'forget containers',
      'refresh',
      'tenant',
      'refresh',
      'menus',
    ]);
  });
});

describe('saving the backend’s address', () => {
  const saving = (
    saved: Awaited<ReturnType<Parameters<typeof createSaveBackend>[0]['backend']['save']>>,
  ) => {
    const { did, note } = noting();
    const save = createSaveBackend({
      backend: {
        save: async (_address, beforeChange) => {
          await beforeChange();
          return saved;
        },
      },
      signOut: note('sign out'),
      menus: { update: note('menus') },
      changed: () => did.push('changed'),
    });
    return { save, did };
  };

  test('signs out of the one before, and says where agents sign in now', async () => {
    const { save, did } = saving(done(BACKEND));
    expect(await save('understudy.acme.example')).toEqual(
      done({ origin: BACKEND.origin, issuer: BACKEND.discovery.issuer }),
    );
    expect(did).toEqual(['sign out', 'changed', 'menus']);
  });

  test('that is refused changes nothing in the views', async () => {
    const { save, did } = saving(refused(extensionProblem('not_understudy')));
    expect(await save('crm.acme.example')).toMatchObject({ problem: { code: 'not_understudy' } });
    expect(did).toEqual(['sign out']);
  });
});
