import * as z from 'zod/mini';
import { type LaunchId, launchIdSchema, targetAppIdSchema } from '../../../../contract/ids.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import type { StorageArea } from '../../../browser/storage.ts';
import type { Containers } from '../../../browser/tabs/containers.ts';
import { type CookieStore, PRIVATE_STORE } from '../../../browser/tabs/cookie-store.ts';
import { createSerial } from '../../storage/serial.ts';
import { storedValue } from '../../storage/stored-value.ts';
import { openInOf } from '../cookie-stores.ts';
import { signOutTargetOf } from '../sign-out-urls.ts';

/** What has to be known of a session to sign it out after the browser was restarted. No customer, no agent. */
const keptSessionSchema = z.object({
  launchId: launchIdSchema,
  targetAppId: targetAppIdSchema,
  targetAppName: z.string(),
  loginDomain: z.string(),
  logoutUrl: z.optional(z.string()),
  cookieStore: z.string(),
  since: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /** The launch did not land, as far as is known: nobody is warned of it, but its container is removed. */
  notLanded: z.optional(z.literal(true)),
});
export type KeptSession = z.infer<typeof keptSessionSchema>;

/** What is kept of a session that is being opened. `now` is in milliseconds. */
export const keptSessionOf = (
  launchId: LaunchId,
  app: TargetApp,
  cookieStore: CookieStore,
  now: number,
  endsAt: string,
): KeptSession => ({
  launchId,
  ...signOutTargetOf(app),
  targetAppName: app.name,
  cookieStore,
  since: new Date(now).toISOString(),
  endsAt,
});

/**
 * The customers' sessions that this browser has opened. Ordinary sessions and containers outlive the browser,
 * so they are kept on disk until they are known to be over.
 */
export type KeptSessions = {
  readonly all: () => Promise<readonly KeptSession[]>;
  readonly find: (launchId: LaunchId) => Promise<KeptSession | undefined>;
  /** Keeps a session; one in a private window is forgotten by the browser, and not kept. */
  readonly keep: (session: KeptSession) => Promise<void>;
  /** Notes whether a kept session is of a launch that did not land; a session may be found even then. */
  readonly noteLanding: (launchId: LaunchId, landing: 'not_landed' | 'possible') => Promise<void>;
  /** Forgets a session, and removes its container with all cookies and tabs in it; tells whether that is gone. */
  readonly forget: (launchId: LaunchId) => Promise<boolean>;
  /** Forgets what is over: by its end time, and the containers of all other launches than these. */
  readonly forgetOthers: (live: readonly LaunchId[], now: number) => Promise<boolean>;
};

/** Makes {@link KeptSessions}. */
export const createKeptSessions = (
  containers: Pick<Containers, 'remove'>,
  local: StorageArea,
): KeptSessions => {
  const stored = storedValue(local, 'keptSessions', z.array(keptSessionSchema));
  const serial = createSerial();
  const all = async () => (await stored.read()) ?? [];

  /** Tells whether all are gone; a container that could not be removed is tried again with the next. */
  const forgetWhere = (isOver: (session: KeptSession) => boolean): Promise<boolean> =>
    serial(async () => {
      const left: KeptSession[] = [];
      let gone = true;
      for (const session of await all()) {
        const isGone =
          isOver(session) &&
          (openInOf(session.cookieStore) !== 'container' ||
            (await containers.remove(session.cookieStore)));
        if (!isGone) {
          left.push(session);
          gone &&= !isOver(session);
        }
      }
      await stored.write(left);
      return gone;
    });

  return {
    all,
    find: async (id) => (await all()).find(({ launchId }) => launchId === id),
    keep: (session) =>
      serial(async () => {
        if (session.cookieStore !== PRIVATE_STORE) {
          const others = (await all()).filter(({ launchId }) => launchId !== session.launchId);
          await stored.write([...others, session]);
        }
      }),
    noteLanding: (id, landing) =>
      serial(async () => {
        const known = await all();
        const isNotLanded = landing === 'not_landed';
        if (
          known.some((kept) => kept.launchId === id && (kept.notLanded ?? false) !== isNotLanded)
        ) {
          await stored.write(
            known.map(({ notLanded, ...kept }) => ({
              ...kept,
              ...((kept.launchId === id ? isNotLanded : notLanded) && { notLanded: true as const }),
            })),
          );
        }
      }),
    forget: (id) => forgetWhere(({ launchId }) => launchId === id),
    forgetOthers: (live, now) =>
      forgetWhere(
        ({ launchId, cookieStore, endsAt }) =>
          !live.includes(launchId) &&
          (openInOf(cookieStore) === 'container' || Date.parse(endsAt) <= now),
      ),
  };
};
