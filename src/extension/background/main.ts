import '../messages/zod-jitless.ts';
import * as z from 'zod/mini';
import { browserCommands } from '../browser/commands.ts';
import { browserContainers } from '../browser/containers.ts';
import { browserContextMenus } from '../browser/context-menus.ts';
import { browserOmnibox } from '../browser/omnibox.ts';
import { serveOneTimeRedirects } from '../browser/one-time-redirect.ts';
import { browserPanel } from '../browser/panel.ts';
import {
  extensionBaseUrl,
  extensionId,
  onFreshStart,
  onMessage,
  openOptionsPage,
} from '../browser/runtime.ts';
import { BUILD, createSnapshotCell } from '../browser/snapshot-cell.ts';
import { localStorageArea, managedStorage, sessionStorageArea } from '../browser/storage.ts';
import { done } from '../messages/outcome.ts';
import type { Snapshot } from '../messages/snapshot.ts';
import { createBackendClient } from './backend/backend-client.ts';
import { createBackendHttp } from './backend/backend-http.ts';
import { createBackendSetting } from './backend/backend-setting.ts';
import { browserNetwork } from './backend/browser-network.ts';
import { createManagedPolicy } from './backend/managed-policy.ts';
import { createAgentProfile } from './customers/agent-profile.ts';
import { createCustomerDirectory } from './customers/customer-directory.ts';
import { createRecents, type RecentPair } from './customers/recents.ts';
import { createRecordLookup } from './customers/record-lookup.ts';
import { createAddressBar } from './entry-points/address-bar.ts';
import { createLastLaunch } from './entry-points/last-launch.ts';
import { listenToEntryPoints } from './entry-points/listen-to-entry-points.ts';
import { createMenus } from './entry-points/menus.ts';
import { createPrefills } from './entry-points/prefills.ts';
import { createDescribeLaunch } from './launch/describe-launch.ts';
import { createOpenAsMe } from './launch/open-as-me.ts';
import { createLaunching } from './launch/start-launch.ts';
import { createLaunchStore } from './launch-state/launch-store.ts';
import { colorOfApp } from './session/app-color.ts';
import { browserSessionParts } from './session/browser-parts.ts';
import { createSessionStores } from './session/cookie-stores.ts';
import { createFocusSession } from './session/focus-session.ts';
import { restoreActiveSessions } from './session/restore-sessions.ts';
import { createSessionInTab } from './session/session-in-tab.ts';
import { createTabTitles } from './session/tab-titles.ts';
import { createSessionLife } from './session/watch-sessions.ts';
import { createAgentAccount } from './sign-in/agent-account.ts';
import { createDraftStore } from './storage/draft-store.ts';
import { createRememberedPlaces } from './storage/remembered-places.ts';
import { storedValue } from './storage/stored-value.ts';
import { settleLeftovers } from './use-cases/settle-leftovers.ts';
import { describeInstallation } from './views/installation.ts';
import { createRouter } from './views/router.ts';
import { createRoutes } from './views/routes.ts';
import { createSnapshotPublisher } from './views/snapshot-publisher.ts';
import { createSnapshotSource } from './views/snapshot-source.ts';

// Composes the worker. Listeners are registered before anything is awaited: the browser wakes a
// worker for an event only if its listener was there in the first turn.

const now = (): number => Date.now();
const session = sessionStorageArea;
const local = localStorageArea;
const { tabs } = browserSessionParts;

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const { changed, publish, erase } = createSnapshotPublisher({
  collect: () => collectSnapshot(),
  cell: createSnapshotCell<Snapshot>(BUILD),
  delay,
});

const http = createBackendHttp(browserNetwork);
const policy = createManagedPolicy({
  local,
  managed: managedStorage,
  onChange: async () => {
    await erase();
    changed();
  },
});
const backend = createBackendSetting({ local, policy, http });
const account = createAgentAccount({
  session,
  local,
  network: browserNetwork,
  backend,
  changed,
  eraseSnapshot: erase,
  now,
});
const { tokens } = account;
const client = createBackendClient({ http, tokens });
const profile = createAgentProfile({ session, client, now });
const directory = createCustomerDirectory(session, client);
const recents = createRecents(local);
const drafts = createDraftStore(session);
const places = createRememberedPlaces(local);
const sessionStores = createSessionStores(browserContainers, local);
const endsWithLastTab = storedValue(local, 'endsWithLastTab', z.boolean());
const onChange = (): void => {
  changed();
  void life.tick();
};
const store = createLaunchStore({ session, now, onChange });
const findApp = async (id: string) =>
  (await profile.read())?.targetApps.find((app) => app.id === id);
const colorOf = async (id: string) => colorOfApp(id, (await profile.read())?.targetApps ?? []);
const agentId = async () => (await profile.read())?.me.agent.sub;

const isSignedIn = async () => (await tokens.read()) !== undefined;
const lastLaunch = createLastLaunch(session, async () => {
  const agent = await agentId();
  return agent && recents.newest(agent);
});
const prefills = createPrefills({
  session,
  directory,
  lastLaunch,
  isSignedIn,
  now,
  makeId: () => crypto.randomUUID(),
  onChange: changed,
  lookUp: createRecordLookup({
    client,
    patterns: async () => {
      if (!(await profile.read())) await profile.load();
      return (await profile.read())?.me.recordPatterns ?? [];
    },
  }),
});
const menus = createMenus({
  menus: browserContextMenus,
  local,
  session,
  backendOrigin: async () => (await backend.origin()).origin,
  profile,
  agentId,
  recents,
  directory,
});

const collectSnapshot = createSnapshotSource({
  session,
  backend,
  tokens,
  profile,
  directory,
  store,
  recents,
  prefills,
  signInStatus: account.status.read,
  places: places.read,
  now,
});

const life = createSessionLife({
  ...browserSessionParts,
  session,
  client,
  store,
  sessionStores,
  colorOf,
  endsWithLastTab: async () => (await endsWithLastTab.read()) ?? false,
  findApp,
  agentName: async () => (await profile.read())?.me.agent.name ?? '',
  delay,
  now,
});

/** Fetches what the next steps need, oldest need first, and tells the views as it comes. */
const prepare = async (): Promise<void> => {
  if (!(await tokens.ahead()).ok) return;
  void prefills.resolve();
  const loaded = await profile.refresh();
  changed();
  const agent = await agentId();
  if (agent === undefined) return;
  if (loaded)
    await restoreActiveSessions({ ...life, client, store, sessionStores, findApp }, agent);
  void life.catchUp();
  const ids = (await recents.of(agent)).map(({ customerId }) => customerId);
  await (loaded ? directory.refresh(ids) : directory.fetchMissing(ids));
  changed();
  await menus.update();
};

const launching = createLaunching({
  store,
  client,
  tokens,
  tabs,
  report: life.report,
  preFlight: life.preFlight,
  sessionStores,
  colorOf,
  now,
  describe: createDescribeLaunch(directory, findApp),
  onOpened: async (record, request) => {
    const agent = await agentId();
    await places.remember(record.targetAppId, request.openIn);
    await Promise.all([drafts.forget(), lastLaunch.remember(request), browserPanel.closeWindow()]);
    if (agent !== undefined) await recents.add(agent, record.customerId, record.targetAppId);
    life.begin(record);
    changed();
    await menus.update();
  },
});

const signOutOfTenant = account.signOut(recents);
const signOut = async () => {
  await life.endAll('signed_out');
  await sessionStores.keepOnly([]);
  const result = await signOutOfTenant();
  await life.tick();
  await menus.update();
  return result;
};

const pin = async (pair: RecentPair): Promise<void> => {
  const agent = await agentId();
  if (agent === undefined) return;
  await recents.pin(agent, pair);
  await menus.update();
};

const saveBackend = async (address: string) => {
  const saved = await backend.save(address, signOut);
  if (!saved.ok) return saved;
  changed();
  await menus.update();
  return done({ origin: saved.value.origin, issuer: saved.value.discovery.issuer });
};

const ready = settleLeftovers({ store, report: life.report, signInStatus: account.status });

onMessage(
  createRouter(
    createRoutes(
      {
        snapshot: publish,
        prepare,
        saveBackend,
        signIn: account.signIn({
          forgetOthers: async () => {
            await erase();
            await prefills.keepThrough(session.clear);
          },
          onSignedIn: prepare,
        }),
        signOut,
        directory,
        launching,
        endSession: life.endSession,
        focusSession: createFocusSession(store, tabs),
        store,
        drafts,
        prefills,
        pin,
        commands: browserCommands,
        openAsMe: createOpenAsMe({ ...life, tokens, tabs, findApp }),
        openOptionsPage,
        reloadProfile: () => profile.load().then(menus.update),
        tabTitles: createTabTitles({ store, tabs, findApp, sessionTabs: life.sessionTabs }),
        endsWithLastTab,
        installation: describeInstallation,
        changed,
      },
      ready,
    ),
    { id: extensionId(), baseUrl: extensionBaseUrl() },
  ),
);
listenToEntryPoints({
  menus: browserContextMenus,
  commands: browserCommands,
  omnibox: browserOmnibox,
  panel: browserPanel,
  addressBar: createAddressBar({ directory, isSignedIn, delay }),
  prefills,
  sessionIn: createSessionInTab({ store, findApp, now }),
  endSession: life.endSession,
});
serveOneTimeRedirects();
onFreshStart(() => void menus.rebuild());
life.listen(ready);
void ready.then(changed).then(life.resume).then(menus.update);
