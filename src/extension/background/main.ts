import '../messages/zod-jitless.ts';
import * as z from 'zod/mini';
import { browserCommands } from '../browser/commands.ts';
import { browserContainers } from '../browser/containers.ts';
import { browserContextMenus } from '../browser/context-menus.ts';
import { listenForDetours } from '../browser/detour.ts';
import { browserOmnibox } from '../browser/omnibox.ts';
import { browserPanel } from '../browser/panel.ts';
import {
  extensionBaseUrl,
  extensionId,
  onFreshStart,
  onMessage,
  openOptionsPage,
  sendMessage,
} from '../browser/runtime.ts';
import { localStorageArea, readManagedValue, sessionStorageArea } from '../browser/storage.ts';
import { done } from '../messages/outcome.ts';
import { snapshotChanged } from '../messages/snapshot-changed.ts';
import { restoreActiveSessions } from './active-sessions.ts';
import { createAddressBar } from './address-bar.ts';
import { createAgentAccount } from './agent-account.ts';
import { createAgentProfile } from './agent-profile.ts';
import { colorOfApp } from './app-color.ts';
import { createBackendClient } from './backend-client.ts';
import { createBackendHttp } from './backend-http.ts';
import { createBackendSetting } from './backend-setting.ts';
import { createBroadcast } from './broadcast.ts';
import { browserNetwork } from './browser-network.ts';
import { browserSessionParts } from './browser-session-parts.ts';
import { createCustomerDirectory } from './customer-directory.ts';
import { createDescribeLaunch } from './describe-launch.ts';
import { createDraftStore } from './draft-store.ts';
import { createFocusSession } from './focus-session.ts';
import { describeInstallation } from './installation.ts';
import { createLastLaunch } from './last-launch.ts';
import { createLaunchStore } from './launch-store.ts';
import { createLaunching } from './launching.ts';
import { createMenus } from './menus.ts';
import { createOpenAsMe } from './open-as-me.ts';
import { createRecents, type RecentPair } from './recents.ts';
import { createRecordLookup } from './record-lookup.ts';
import { createRememberedPlaces } from './remembered-places.ts';
import { createRouter } from './router.ts';
import { createRoutes } from './routes.ts';
import { createSessionInTab } from './session-in-tab.ts';
import { createSessionLife } from './session-life.ts';
import { createSessionStores } from './session-stores.ts';
import { createSnapshotSource } from './snapshot-source.ts';
import { storedValue } from './stored-value.ts';
import { createSubjects } from './subjects.ts';
import { createTabTitles } from './tab-titles.ts';
import { listenToWaysIn } from './ways-in.ts';
import { settleLeftovers } from './worker-start.ts';

// Composes the worker. Listeners are registered before anything is awaited: the browser wakes a
// worker for an event only if its listener was there in the first turn.

const now = (): number => Date.now();
const session = sessionStorageArea;
const local = localStorageArea;
const { tabs } = browserSessionParts;

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const changed = createBroadcast(delay, async () => {
  const snapshot = await collectSnapshot();
  try {
    await sendMessage({ name: snapshotChanged.name, request: snapshot });
  } catch {
    // No view is open: that is the ordinary case.
  }
});

const http = createBackendHttp(browserNetwork);
const backend = createBackendSetting({ local, readManagedValue, http });
const account = createAgentAccount({
  session,
  local,
  network: browserNetwork,
  backend,
  changed: () => changed(),
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
const subjects = createSubjects({
  session,
  directory,
  lastLaunch,
  isSignedIn,
  now,
  makeId: () => crypto.randomUUID(),
  onChange: () => changed(),
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
  subjects,
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
  void subjects.resolve();
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
        snapshot: collectSnapshot,
        prepare,
        saveBackend,
        signIn: account.signIn({
          forgetOthers: () => subjects.keepThrough(session.clear),
          onSignedIn: prepare,
        }),
        signOut,
        directory,
        launching,
        endSession: life.endSession,
        focusSession: createFocusSession(store, tabs),
        store,
        drafts,
        subjects,
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
listenToWaysIn({
  menus: browserContextMenus,
  commands: browserCommands,
  omnibox: browserOmnibox,
  panel: browserPanel,
  addressBar: createAddressBar({ directory, isSignedIn, delay }),
  subjects,
  sessionIn: createSessionInTab({ store, findApp, now }),
  endSession: life.endSession,
});
listenForDetours();
onFreshStart(() => void menus.rebuild());
life.listen(ready);
void ready.then(life.resume).then(menus.update);
