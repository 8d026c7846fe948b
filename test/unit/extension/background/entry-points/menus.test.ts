import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  agentIdSchema,
  customerIdSchema,
  targetAppIdSchema,
} from '../../../../../src/contract/ids.ts';
import { createRecents } from '../../../../../src/extension/background/customers/recents.ts';
import { createMenus } from '../../../../../src/extension/background/entry-points/menus.ts';
import type { MenuItem } from '../../../../../src/extension/browser/entry-points/context-menus.ts';
import { memoryArea } from '../fakes.ts';

const ADA = agentIdSchema.parse('auth0|ada');
const SHOP = targetAppIdSchema.parse('shop');
const person = (id: string, name: string, isProtected = false) => ({
  id: customerIdSchema.parse(id),
  name,
  email: '',
  emailVerified: false,
  connection: 'db',
  protected: isProtected,
});

beforeEach(() => {
  vi.stubGlobal('chrome', { i18n: { getMessage: (key: string) => key } });
});

const menusWith = (local = memoryArea(), session = memoryArea()) => {
  const state = {
    origin: 'https://understudy.example',
    signedIn: true,
    crm: 'https://crm.example',
  };
  const rebuilt: (readonly MenuItem[])[] = [];
  const recents = createRecents(local);
  const menus = createMenus({
    menus: {
      replace: async (items) => {
        rebuilt.push(items);
      },
    },
    local,
    session,
    backendOrigin: async () => state.origin,
    profile: {
      read: async () =>
        state.signedIn
          ? {
              loadedAt: 0,
              targetApps: [],
              me: {
                agent: { sub: ADA, name: '', email: '' },
                permissions: [],
                policy: { reason: { required: true, minLength: 1 }, ticket: { required: false } },
                recordPatterns: [
                  { system: 'CRM', urlPattern: `${state.crm}/c/:key`, key: 'user_id' },
                ],
              },
            }
          : undefined,
    },
    agentId: async () => (state.signedIn ? ADA : undefined),
    recents,
    directory: {
      known: async () =>
        new Map([
          ['auth0|nora', person('auth0|nora', 'Nora von Lindqvist')],
          ['auth0|boss', person('auth0|boss', 'The Boss', true)],
        ]),
    },
  });
  return { menus, rebuilt, recents, state };
};

const patternsIn = (items: readonly MenuItem[] | undefined) =>
  items?.find(({ id }) => id === 'page')?.documentUrlPatterns;

describe('the menus', () => {
  test('stand on records, on links to them and on mail links', async () => {
    const { menus, rebuilt } = menusWith();
    await menus.update();
    expect(patternsIn(rebuilt[0])).toEqual(['https://crm.example/c/*']);
    expect(rebuilt[0]?.find(({ id }) => id === 'link')?.targetUrlPatterns).toEqual([
      'https://crm.example/c/*',
      'mailto:*',
    ]);
  });

  test('have every id once, however often and at once they are updated', async () => {
    const { menus, rebuilt } = menusWith();
    await Promise.all([menus.rebuild(), menus.update(), menus.update()]);
    expect(rebuilt).toHaveLength(1);
    const ids = rebuilt[0]?.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('are left alone by a worker that starts and finds them right', async () => {
    const [local, session] = [memoryArea(), memoryArea()];
    await menusWith(local, session).menus.update();
    const second = menusWith(local, session);
    await second.menus.update();
    expect(second.rebuilt).toEqual([]);
  });

  test('follow the backend’s patterns', async () => {
    const { menus, rebuilt, state } = menusWith();
    await menus.update();
    state.crm = 'https://new.example';
    await menus.update();
    expect(patternsIn(rebuilt[1])).toEqual(['https://new.example/c/*']);
  });

  test('know the patterns after a browser start, before anybody signed in', async () => {
    const local = memoryArea();
    await menusWith(local).menus.update();
    const next = menusWith(local);
    next.state.signedIn = false;
    await next.menus.rebuild();
    expect(patternsIn(next.rebuilt[0])).toEqual(['https://crm.example/c/*']);
  });

  test('know nothing of another backend’s patterns', async () => {
    const local = memoryArea();
    await menusWith(local).menus.update();
    const next = menusWith(local);
    next.state.signedIn = false;
    next.state.origin = 'https://other.example';
    await next.menus.rebuild();
    expect(patternsIn(next.rebuilt[0])).toBeUndefined();
  });

  test('name recent customers by initials, for the browser keeps titles on disk', async () => {
    const { menus, rebuilt, recents } = menusWith();
    await recents.add(ADA, customerIdSchema.parse('auth0|nora'), SHOP);
    await menus.update();
    const text = JSON.stringify(rebuilt[0]);
    expect(text).toContain('"N. L. · shop"');
    expect(text).not.toContain('Lindqvist');
  });

  test('do not offer whom nobody may act as, or who is not known yet', async () => {
    const { menus, rebuilt, recents } = menusWith();
    await recents.add(ADA, customerIdSchema.parse('auth0|boss'), SHOP);
    await recents.add(ADA, customerIdSchema.parse('auth0|unknown'), SHOP);
    await menus.update();
    expect(rebuilt[0]?.filter(({ id }) => id.startsWith('pair:'))).toEqual([]);
  });
});
