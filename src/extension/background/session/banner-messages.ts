import * as z from 'zod/mini';
import type { LaunchId } from '../../../contract/ids.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { ContentScripts } from '../../browser/content-scripts.ts';
import type { CookieStore } from '../../browser/cookie-store.ts';
import type { MessageListener } from '../../browser/runtime.ts';
import { displayText } from '../../messages/display-text.ts';
import { nothingSchema } from '../../messages/message-declaration.ts';
import { isActive, type LaunchRecord } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import { createSerial } from '../storage/serial.ts';

type Dependencies = {
  readonly ownId: string;
  readonly store: Pick<LaunchStore, 'all'>;
  readonly contentScripts: ContentScripts;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly agentName: () => Promise<string>;
  readonly look: (id: LaunchId) => Promise<void>;
  readonly endSession: (id: LaunchId) => Promise<unknown>;
  readonly openPanel: () => Promise<void>;
  readonly now: () => number;
};

/** All that a banner may send. None carries anything: what it is about follows from the tab alone. */
const bannerMessageSchema = z.strictObject({
  name: z.enum(['banner_session', 'banner_end', 'banner_focus']),
  request: nothingSchema,
});

/** Puts the banner into the pages of apps that the agent acts in, and answers it. */
export const createBanner = (dependencies: Dependencies) => {
  const { store, findApp, now } = dependencies;
  const serial = createSerial();
  let placed = '';

  const active = async (): Promise<LaunchRecord[]> =>
    (await store.all()).filter((record) => isActive(record, now()));

  /** The session of the tab's cookie store on the origin of its page. */
  const sessionAt = async (
    origin: string,
    cookieStore: CookieStore,
  ): Promise<LaunchRecord | undefined> => {
    for (const record of await active()) {
      if (record.store !== cookieStore) continue;
      if ((await findApp(record.targetAppId))?.origins.includes(origin)) return record;
    }
    return undefined;
  };

  const describe = async (record: LaunchRecord) => ({
    customerName: displayText(record.customerName),
    agentName: displayText(await dependencies.agentName()),
    targetAppName: displayText(record.targetAppName),
    sessionEndsAt: record.sessionEndsAt,
    organizationName: displayText(record.organizationName ?? ''),
    reason: displayText(record.request?.reason ?? ''),
  });

  const answer = async (
    name: string,
    origin: string,
    cookieStore: CookieStore,
  ): Promise<object> => {
    const record = await sessionAt(origin, cookieStore);
    if (!record) return {};
    if (name === 'banner_end') await dependencies.endSession(record.id);
    else if (name === 'banner_focus') await dependencies.openPanel();
    else {
      // Somebody with the right to do so may have ended it: a visible banner finds out.
      void dependencies.look(record.id);
      return { session: await describe(record) };
    }
    return {};
  };

  /** Answers banners only: our own content script, in the main frame of a tab, at the page the browser says. */
  const listener: MessageListener = (message, sender) => {
    const origin = sender.url === undefined ? undefined : URL.parse(sender.url)?.origin;
    const isBanner = sender.id === dependencies.ownId && sender.frameId === 0;
    if (!isBanner || sender.store === undefined || origin === undefined) return undefined;
    if (!/^https?:/.test(origin)) return undefined;
    const parsed = bannerMessageSchema.safeParse(message);
    return parsed.success ? answer(parsed.data.name, origin, sender.store) : undefined;
  };

  return {
    listener,
    /** Brings the pages that carry the banner in line with the sessions that are open. */
    place: (): Promise<void> =>
      serial(async () => {
        const origins = new Set<string>();
        for (const { targetAppId } of await active()) {
          const app = await findApp(targetAppId);
          if (app && (await dependencies.hasHostPermission(app.origins)))
            for (const origin of app.origins) origins.add(origin);
        }
        const next = [...origins].toSorted();
        if (next.join() === placed) return;
        await dependencies.contentScripts.runOn(next);
        placed = next.join();
      }),
  };
};
