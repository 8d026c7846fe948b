import * as z from 'zod/mini';
import { targetAppIdSchema } from '../../../../contract/ids.ts';
import type { StorageArea } from '../../../browser/storage.ts';
import { type CookieStore, DEFAULT_STORE } from '../../../browser/tabs/cookie-store.ts';
import { createSerial } from '../../storage/serial.ts';
import { storedValue } from '../../storage/stored-value.ts';
import type { SignOutTarget } from '../sign-out-urls.ts';

const ownSessionSchema = z.object({
  targetAppId: targetAppIdSchema,
  loginDomain: z.string(),
  logoutUrl: z.optional(z.string()),
});

const ownTabSchema = z.object({ targetAppId: targetAppIdSchema, tabId: z.number() });

/** A session of the agent's own. `tabIds` are the tabs that it was opened in since the browser started. */
export type OwnSession = SignOutTarget & { readonly tabIds: readonly number[] };

/**
 * The sessions that "Open as me" has opened, always among the ordinary tabs. They outlive the browser, so they
 * are kept on disk until they are signed out: a launch on the same login domain would run into one.
 */
export type OwnSessions = {
  readonly at: (cookieStore: CookieStore, loginDomain: string) => Promise<readonly OwnSession[]>;
  readonly keep: (target: SignOutTarget) => Promise<void>;
  /** Remembers the tab that shows the session: without access to the app's pages it could not be found later. */
  readonly keepTab: (target: SignOutTarget, tabId: number) => Promise<void>;
  readonly forget: (target: SignOutTarget) => Promise<void>;
};

/** Makes {@link OwnSessions}. A tab's id means nothing after a browser restart, so it is not kept on disk. */
export const createOwnSessions = (local: StorageArea, session: StorageArea): OwnSessions => {
  const stored = storedValue(local, 'ownSessions', z.array(ownSessionSchema));
  const storedTabs = storedValue(session, 'ownTabs', z.array(ownTabSchema));
  const serial = createSerial();
  const all = async (): Promise<readonly SignOutTarget[]> => (await stored.read()) ?? [];
  const tabs = async () => (await storedTabs.read()) ?? [];
  const othersThan = async ({ targetAppId }: SignOutTarget): Promise<SignOutTarget[]> =>
    (await all()).filter((known) => known.targetAppId !== targetAppId);

  return {
    at: async (cookieStore, loginDomain) => {
      if (cookieStore !== DEFAULT_STORE) {
        return [];
      }
      const [known, opened] = await Promise.all([all(), tabs()]);
      return known
        .filter((target) => target.loginDomain === loginDomain)
        .map((target) => ({
          ...target,
          tabIds: opened
            .filter(({ targetAppId }) => targetAppId === target.targetAppId)
            .map(({ tabId }) => tabId),
        }));
    },
    keep: (target) => serial(async () => stored.write([...(await othersThan(target)), target])),
    keepTab: ({ targetAppId }, tabId) =>
      serial(async () => storedTabs.write([...(await tabs()), { targetAppId, tabId }])),
    forget: (target) =>
      serial(async () => {
        await stored.write(await othersThan(target));
        await storedTabs.write(
          (await tabs()).filter(({ targetAppId }) => targetAppId !== target.targetAppId),
        );
      }),
  };
};
