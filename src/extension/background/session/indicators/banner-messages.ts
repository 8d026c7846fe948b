import * as z from 'zod/mini';
import type { LaunchId } from '../../../../contract/ids.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import type { ContentScripts } from '../../../browser/content-scripts.ts';
import type { MessageListener } from '../../../browser/runtime.ts';
import type { CookieStore } from '../../../browser/tabs/cookie-store.ts';
import type { Tabs } from '../../../browser/tabs/tabs.ts';
import { inBackground } from '../../../in-background.ts';
import { displayText } from '../../../messages/texts/display-text.ts';
import { nothingSchema } from '../../../messages/wire/message-declaration.ts';
import { endingOf, type LaunchRecord } from '../../launch-state/launch-record.ts';
import type { Launches } from '../../launch-state/launches.ts';
import { standingOf } from '../../launch-state/standing.ts';
import { createSerial } from '../../storage/serial.ts';

type Dependencies = {
  readonly ownId: string;
  readonly launches: Pick<Launches, 'all' | 'note'>;
  readonly tabs: Pick<Tabs, 'showing' | 'send'>;
  readonly contentScripts: ContentScripts;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
  readonly findApp: (id: string) => Promise<TargetApp | undefined>;
  readonly agentName: () => Promise<string>;
  readonly askBackend: (id: LaunchId) => Promise<void>;
  readonly endSession: (id: LaunchId) => Promise<unknown>;
  readonly openPanel: () => Promise<void>;
  /** Texts in the language that the company's policy sets; `undefined` where the browser's language is used. */
  readonly texts: (keys: readonly string[]) => Promise<object | undefined>;
  readonly now: () => number;
};

/** All that a banner may send. The messages carry no data: the sender's tab alone says which session is meant. */
const bannerMessageSchema = z.strictObject({
  name: z.enum(['banner_session', 'banner_end', 'banner_focus', 'banner_fold', 'banner_unfold']),
  request: nothingSchema,
});
type BannerMessage = z.infer<typeof bannerMessageSchema>['name'];

/** Where banners are: an origin in a cookie store. */
const bannerPlaceSchema = z.object({ cookieStore: z.string(), origin: z.string() });

/** The texts of a banner. They are sent to it because in a page the browser only offers those of its own language. */
const BANNER_TEXTS = [
  'bannerActing',
  'bannerAgent',
  'bannerCollapse',
  'bannerEnding',
  'bannerExpand',
  'bannerNotChecked',
  'bannerPending',
  'bannerSignedOut',
  'bannerStillSignedIn',
  'commandOpen',
  'endSession',
  'hoursLeft',
  'minutesLeft',
  'timeOver',
  'wholeHoursLeft',
];

/** Banners show how a session ended for this long, in milliseconds, unless the agent acts there again. */
const VERDICT_MILLISECONDS = 60_000;

/** Puts the banner into the pages of apps that the agent acts in, answers it, and tells it of changes. */
export const createBanner = (dependencies: Dependencies) => {
  const { launches, tabs, findApp, now } = dependencies;
  const serial = createSerial();
  let placed = '';
  let sent = new Map<string, string>();

  /** Acting, ending or just ended: the launches that a banner has something to say about. */
  const isShown = (record: LaunchRecord): boolean => {
    if (record.cookieStore === undefined) {
      return false;
    }
    if (record.state === 'ended') {
      return record.endedAt !== undefined && now() < record.endedAt + VERDICT_MILLISECONDS;
    }
    return endingOf(record) !== undefined || standingOf(record, now()) === 'acting';
  };

  const shown = async (): Promise<readonly LaunchRecord[]> =>
    (await launches.all()).filter(isShown);

  /** What a banner on a page of an app shows: the session there, else how the last one ended. */
  const shownAt = async (
    origin: string,
    cookieStore: CookieStore,
  ): Promise<LaunchRecord | undefined> => {
    const found: LaunchRecord[] = [];
    for (const record of await shown()) {
      const isThere =
        record.cookieStore === cookieStore &&
        (await findApp(record.targetAppId))?.origins.includes(origin);
      if (isThere) {
        found.push(record);
      }
    }
    return found.find(({ state }) => state !== 'ended') ?? found[0];
  };

  const describe = async (record: LaunchRecord | undefined): Promise<object> => {
    if (!record) {
      return {};
    }
    const customerName = displayText(record.customerName);
    if (record.state === 'ended') {
      return { ended: { customerName, result: record.verdict?.result ?? 'not_checked' } };
    }
    return {
      session: {
        customerName,
        agentName: displayText(await dependencies.agentName()),
        targetAppName: displayText(record.targetAppName),
        sessionEndsAt: record.sessionEndsAt,
        organizationName: displayText(record.organizationName ?? ''),
        reason: displayText(record.request?.reason ?? ''),
        isEnding: endingOf(record) !== undefined,
        isFolded: record.bannerFolded ?? false,
      },
    };
  };

  const answer = async (
    name: BannerMessage,
    origin: string,
    cookieStore: CookieStore,
  ): Promise<object> => {
    const record = await shownAt(origin, cookieStore);
    if (!record) {
      return {};
    }
    switch (name) {
      case 'banner_end':
        await dependencies.endSession(record.id);
        return describe(await shownAt(origin, cookieStore));
      case 'banner_focus':
        await dependencies.openPanel();
        return describe(record);
      case 'banner_fold':
      case 'banner_unfold':
        return describe(await launches.note(record.id, { bannerFolded: name === 'banner_fold' }));
      case 'banner_session':
        if (record.state !== 'ended') {
          // A supervisor may have ended the session. A visible banner asks, so that it shows that soon.
          inBackground(dependencies.askBackend(record.id), 'asking about a session for a banner');
        }
        return { ...(await describe(record)), texts: await dependencies.texts(BANNER_TEXTS) };
    }
  };

  /** Answers banners only: our own content script, in the main frame of a tab, at the page the browser says. */
  const listener: MessageListener = (received, sender) => {
    const origin = sender.url === undefined ? undefined : URL.parse(sender.url)?.origin;
    const isBanner = sender.id === dependencies.ownId && sender.frameId === 0;
    if (!isBanner || sender.store === undefined || origin === undefined) {
      return undefined;
    }
    if (!/^https?:/.test(origin)) {
      return undefined;
    }
    const parsed = bannerMessageSchema.safeParse(received);
    return parsed.success ? answer(parsed.data.name, origin, sender.store) : undefined;
  };

  /** The apps that may carry a banner now, with their cookie stores. */
  const places = async () => {
    const found: { readonly app: TargetApp; readonly cookieStore: CookieStore }[] = [];
    for (const { targetAppId, cookieStore } of await shown()) {
      const app = await findApp(targetAppId);
      if (app && cookieStore !== undefined && (await dependencies.hasHostPermission(app.origins))) {
        found.push({ app, cookieStore });
      }
    }
    return found;
  };
  type Place = Awaited<ReturnType<typeof places>>[number];

  const runOnPagesOf = async (now: readonly Place[]): Promise<void> => {
    const next = [...new Set(now.flatMap(({ app }) => app.origins))].toSorted();
    if (next.join() !== placed) {
      await dependencies.contentScripts.runOn(next);
      placed = next.join();
    }
  };

  const tell = async (key: string, content: object): Promise<void> => {
    const { cookieStore, origin } = bannerPlaceSchema.parse(JSON.parse(key));
    for (const tabId of await tabs.showing([origin], cookieStore)) {
      await tabs.send(tabId, { name: 'banner_changed', ...content });
    }
  };

  /** Sends each banner what changed about its session, and an empty content where there is no session any more. */
  const tellChanges = async (now: readonly Place[]): Promise<void> => {
    const next = new Map<string, string>();
    for (const { app, cookieStore } of now) {
      for (const origin of app.origins) {
        const content = await describe(await shownAt(origin, cookieStore));
        next.set(JSON.stringify({ cookieStore, origin }), JSON.stringify(content));
      }
    }
    const changed = [...new Set([...sent.keys(), ...next.keys()])].filter(
      (key) => sent.get(key) !== next.get(key),
    );
    sent = next;
    await Promise.all(changed.map((key) => tell(key, JSON.parse(next.get(key) ?? '{}'))));
  };

  return {
    listener,
    /** Brings the pages that carry the banner, and what the banners show, in line with the sessions. */
    update: (): Promise<void> =>
      serial(async () => {
        const now = await places();
        await tellChanges(now);
        await runOnPagesOf(now);
      }),
  };
};
