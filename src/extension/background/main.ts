import '../messages/zod-jitless.ts';
import { browserIdentity } from '../browser/identity.ts';
import { hasHostPermission, onPermissionAdded } from '../browser/permissions.ts';
import {
  extensionBaseUrl,
  extensionId,
  onMessage,
  openOptionsPage,
  sendMessage,
} from '../browser/runtime.ts';
import {
  localStorageArea,
  readManagedValue,
  restrictSessionStorage,
  sessionStorageArea,
} from '../browser/storage.ts';
import { browserTabs } from '../browser/tabs.ts';
import { done, refused } from '../messages/outcome.ts';
import { extensionProblem } from '../messages/problem.ts';
import { snapshotChanged } from '../messages/snapshot-changed.ts';
import { restoreActiveSessions } from './active-sessions.ts';
import { createAgentProfile } from './agent-profile.ts';
import { createAgentTokens } from './agent-tokens.ts';
import { createAuthorizationCode, SIGN_IN_REDIRECT_PATH } from './authorization-code.ts';
import { createAuthorizationServers } from './authorization-server.ts';
import { createBackendClient } from './backend-client.ts';
import { createBackendHttp, type Network } from './backend-http.ts';
import { createBackendSetting } from './backend-setting.ts';
import { createBroadcast } from './broadcast.ts';
import { createCustomerDirectory } from './customer-directory.ts';
import { createDraftStore } from './draft-store.ts';
import { createEndSession } from './end-session.ts';
import { createFocusSession } from './focus-session.ts';
import { settleInterruptedLaunches } from './interrupted-launches.ts';
import { createLandingWatch } from './landing.ts';
import { createLaunchReporter } from './launch-reporter.ts';
import { createLaunchStore } from './launch-store.ts';
import { createLaunching } from './launching.ts';
import { createOpenAsMe } from './open-as-me.ts';
import { createOwnSessionTransferGrant } from './own-session-transfer.ts';
import { createRecents } from './recents.ts';
import { createRefreshGrant } from './refresh-grant.ts';
import { createRefreshTokenRevocation } from './refresh-token-revocation.ts';
import { createRouter } from './router.ts';
import { createRoutes } from './routes.ts';
import { createSignIn } from './sign-in.ts';
import { createSignInStatus } from './sign-in-status.ts';
import { createSignOut, SIGN_OUT_REDIRECT_PATH } from './sign-out.ts';
import { createSnapshotSource } from './snapshot-source.ts';

// Composes the worker. Listeners are registered before anything is awaited: the browser wakes a
// worker for an event only if its listener was there in the first turn.

const now = (): number => Date.now();
const session = sessionStorageArea;
const local = localStorageArea;
const tabs = browserTabs;
const network: Network = {
  fetch: (input, init) => fetch(input, init),
  isOnline: () => navigator.onLine,
  timeoutSignal: (milliseconds) => AbortSignal.timeout(milliseconds),
};

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

const http = createBackendHttp(network);
const backend = createBackendSetting({ local, readManagedValue, http });
const servers = createAuthorizationServers(network);
const signInStatus = createSignInStatus(session);
const setStatus: typeof signInStatus.write = async (status) => {
  await signInStatus.write(status);
  changed();
};

const tokens = createAgentTokens({
  session,
  backend: backend.current,
  refresh: createRefreshGrant(servers, network),
  ownSessionTransfer: createOwnSessionTransferGrant(servers, network),
  now,
  onExpired: () =>
    setStatus({
      signingIn: false,
      webSessionLeft: false,
      problem: extensionProblem('session_expired'),
    }),
});
const client = createBackendClient({ http, tokens });
const profile = createAgentProfile({ session, client, now });
const directory = createCustomerDirectory(session, client);
const recents = createRecents(local);
const drafts = createDraftStore(session);
const store = createLaunchStore({ session, now, onChange: changed });
const report = createLaunchReporter(client, now);

const findApp = async (id: string) =>
  (await profile.read())?.targetApps.find((app) => app.id === id);
const agentId = async () => (await profile.read())?.me.agent.sub;

const collectSnapshot = createSnapshotSource({
  session,
  backend,
  tokens,
  profile,
  directory,
  store,
  recents,
  signInStatus: signInStatus.read,
  now,
});

const watchLanding = createLandingWatch({
  tabs,
  store,
  report,
  hasHostPermission,
  findApp,
  now,
});
const watchOpened = async (): Promise<void> => {
  for (const record of await store.all()) await watchLanding(record);
};

/** Fetches what the next steps need, oldest need first, and tells the views as it comes. */
const prepare = async (): Promise<void> => {
  if (!(await tokens.ahead()).ok) return;
  const loaded = await profile.refresh();
  changed();
  const agent = await agentId();
  if (agent === undefined) return;
  if (loaded) await restoreActiveSessions({ client, store, findApp }, agent);
  await directory.fetchMissing((await recents.of(agent)).map(({ customerId }) => customerId));
  changed();
};

const launching = createLaunching({
  store,
  client,
  tokens,
  tabs,
  report,
  now,
  describe: async ({ customerId, targetAppId, organizationId }) => {
    const app = await findApp(targetAppId);
    if (!app) return refused(extensionProblem('target_app_unknown'));
    const customer = (await directory.known()).get(customerId);
    const organizationName =
      organizationId === undefined ? undefined : directory.organizationName(organizationId);
    return done({
      app,
      shown: {
        customerName: customer?.name ?? customerId,
        ...(customer ? { customerEmail: customer.email } : {}),
        ...(organizationName === undefined ? {} : { organizationName }),
      },
    });
  },
  onOpened: async (record) => {
    const agent = await agentId();
    await drafts.forget();
    if (agent !== undefined) await recents.add(agent, record.customerId, record.targetAppId);
    await watchLanding(record);
    changed();
  },
});

const signOut = createSignOut({
  session,
  local,
  remembered: backend.remembered,
  tokens,
  identity: browserIdentity,
  revoke: createRefreshTokenRevocation(servers),
  recents,
  setStatus,
});

const saveBackend = async (address: string) => {
  const saved = await backend.save(address, signOut);
  if (!saved.ok) return saved;
  changed();
  return done({ origin: saved.value.origin, issuer: saved.value.discovery.issuer });
};

const settle = async (): Promise<void> => {
  await restrictSessionStorage();
  const status = await signInStatus.read();
  if (status.signingIn) await signInStatus.write({ ...status, signingIn: false });
  await settleInterruptedLaunches(store, report);
};
const ready = settle();

onMessage(
  createRouter(
    createRoutes(
      {
        snapshot: collectSnapshot,
        prepare,
        saveBackend,
        signIn: createSignIn({
          session,
          local,
          backend: backend.fresh,
          authorizationCode: createAuthorizationCode({
            servers,
            identity: browserIdentity,
            network,
          }),
          tokens,
          setStatus,
          onSignedIn: prepare,
        }),
        signOut,
        directory,
        launching,
        endSession: createEndSession({
          store,
          tabs,
          report,
          findApp,
          delay,
        }),
        focusSession: createFocusSession(store, tabs),
        store,
        drafts,
        openAsMe: createOpenAsMe({ tokens, tabs, findApp }),
        openOptionsPage,
        reloadProfile: profile.load,
        installation: () => ({
          extensionId: extensionId(),
          origin: extensionBaseUrl().replace(/\/$/, ''),
          signInUrl: browserIdentity.redirectUrl(SIGN_IN_REDIRECT_PATH),
          signOutUrl: browserIdentity.redirectUrl(SIGN_OUT_REDIRECT_PATH),
        }),
        changed,
      },
      ready,
    ),
    { id: extensionId(), baseUrl: extensionBaseUrl() },
  ),
);
// The popup may be gone when the agent answers the browser's question; the worker goes on from here.
onPermissionAdded(() => void watchOpened());
void ready.then(watchOpened);
