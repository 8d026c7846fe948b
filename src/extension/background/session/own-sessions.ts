import * as z from 'zod/mini';
import { targetAppIdSchema } from '../../../contract/ids.ts';
import { type CookieStore, DEFAULT_STORE } from '../../browser/cookie-store.ts';
import type { StorageArea } from '../../browser/storage.ts';
import { createSerial } from '../storage/serial.ts';
import { storedValue } from '../storage/stored-value.ts';
import type { SignOutTarget } from './sign-out-urls.ts';

const ownSessionSchema = z.object({
  targetAppId: targetAppIdSchema,
  loginDomain: z.string(),
  logoutUrl: z.optional(z.string()),
});

/**
 * The sessions that "Open as me" has opened, always among the ordinary tabs. They outlive the browser, so they
 * are kept on disk until they are signed out: a launch on the same login domain would run into one.
 */
export type OwnSessions = {
  readonly at: (cookieStore: CookieStore, loginDomain: string) => Promise<readonly SignOutTarget[]>;
  readonly keep: (target: SignOutTarget) => Promise<void>;
  readonly forget: (target: SignOutTarget) => Promise<void>;
};

/** Makes {@link OwnSessions}. */
export const createOwnSessions = (local: StorageArea): OwnSessions => {
  const stored = storedValue(local, 'ownSessions', z.array(ownSessionSchema));
  const serial = createSerial();
  const all = async (): Promise<readonly SignOutTarget[]> => (await stored.read()) ?? [];
  const othersThan = async ({ targetAppId }: SignOutTarget): Promise<SignOutTarget[]> =>
    (await all()).filter((known) => known.targetAppId !== targetAppId);

  return {
    at: async (cookieStore, loginDomain) =>
      cookieStore === DEFAULT_STORE
        ? (await all()).filter((known) => known.loginDomain === loginDomain)
        : [],
    keep: (target) => serial(async () => stored.write([...(await othersThan(target)), target])),
    forget: (target) => serial(async () => stored.write(await othersThan(target))),
  };
};
