import type { LaunchId } from '../../../contract/ids.ts';
import type { Commands } from '../../browser/commands.ts';
import { dismissLaunch } from '../../messages/dismiss-launch.ts';
import { endSession } from '../../messages/end-session.ts';
import { endWithLastTab } from '../../messages/end-with-last-tab.ts';
import { focusSession } from '../../messages/focus-session.ts';
import { getCustomer } from '../../messages/get-customer.ts';
import { getInstallation } from '../../messages/get-installation.ts';
import { getSessionTabs } from '../../messages/get-session-tabs.ts';
import { getShortcuts } from '../../messages/get-shortcuts.ts';
import { getSnapshot } from '../../messages/get-snapshot.ts';
import { launch } from '../../messages/launch.ts';
import type { LaunchStatus } from '../../messages/launch-status.ts';
import { openAsMe } from '../../messages/open-as-me.ts';
import { openOptions } from '../../messages/open-options.ts';
import { openShortcutSettings } from '../../messages/open-shortcut-settings.ts';
import { done, type Outcome } from '../../messages/outcome.ts';
import { reloadProfile } from '../../messages/reload-profile.ts';
import { retryPrefill } from '../../messages/retry-prefill.ts';
import { saveBackend } from '../../messages/save-backend.ts';
import { saveDraft } from '../../messages/save-draft.ts';
import { searchCustomers } from '../../messages/search-customers.ts';
import { setPin } from '../../messages/set-pin.ts';
import { signIn } from '../../messages/sign-in.ts';
import { signOut } from '../../messages/sign-out.ts';
import type { Snapshot } from '../../messages/snapshot.ts';
import { takePrefill } from '../../messages/take-prefill.ts';
import type { CustomerDirectory } from '../customers/customer-directory.ts';
import type { RecentPair } from '../customers/recents.ts';
import type { Prefills } from '../entry-points/prefills.ts';
import type { createOpenAsMe } from '../launch/open-as-me.ts';
import type { Launching } from '../launch/start-launch.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import type { FocusSession } from '../session/focus-session.ts';
import type { createTabTitles } from '../session/tab-titles.ts';
import type { createSignOut } from '../sign-in/sign-out.ts';
import type { createDraftStore } from '../storage/draft-store.ts';
import type { StoredValue } from '../storage/stored-value.ts';
import { type Route, route } from './router.ts';

/** What the messages are answered with. */
export type Capabilities = {
  readonly snapshot: () => Promise<Snapshot>;
  /** Renews in the background what the view that just opened will need. Must not reject. */
  readonly prepare: () => Promise<void>;
  readonly saveBackend: (address: string) => Promise<Outcome<{ origin: string; issuer: string }>>;
  readonly signIn: () => Promise<Outcome<object>>;
  readonly signOut: ReturnType<typeof createSignOut>;
  readonly directory: CustomerDirectory;
  readonly launching: Launching;
  readonly endSession: (launchId: LaunchId) => Promise<Outcome<LaunchStatus>>;
  readonly focusSession: FocusSession;
  readonly store: LaunchStore;
  readonly drafts: ReturnType<typeof createDraftStore>;
  readonly openAsMe: ReturnType<typeof createOpenAsMe>;
  readonly prefills: Pick<Prefills, 'take' | 'retry'>;
  /** Pins or lets go a recent pair of the agent. */
  readonly pin: (pair: RecentPair) => Promise<void>;
  readonly commands: Pick<Commands, 'bound' | 'openSettings'>;
  readonly openOptionsPage: () => Promise<void>;
  readonly reloadProfile: () => Promise<void>;
  readonly tabTitles: ReturnType<typeof createTabTitles>;
  readonly endsWithLastTab: StoredValue<boolean>;
  readonly installation: () => Installation;
  readonly changed: () => void;
};

type Installation = {
  extensionId: string;
  origin: string;
  signInUrl: string;
  signOutUrl: string;
  permissions: string[];
};

/** Every message that the worker answers. `ready` settles when the predecessor's leftovers are dealt with. */
export const createRoutes = (capabilities: Capabilities, ready: Promise<void>): Route[] => {
  const { directory, changed } = capabilities;
  const nothing = async (task: Promise<unknown>) => {
    await task;
    changed();
    return done({});
  };
  return [
    route(getSnapshot, async () => {
      await ready;
      const snapshot = await capabilities.snapshot();
      void capabilities.prepare();
      return done(snapshot);
    }),
    route(saveBackend, ({ address }) => capabilities.saveBackend(address)),
    route(signIn, async () => {
      const result = await capabilities.signIn();
      return result.ok ? done({}) : result;
    }),
    route(signOut, async () => {
      const result = await capabilities.signOut();
      changed();
      return result;
    }),
    route(searchCustomers, ({ query }) => directory.search(query)),
    route(getCustomer, ({ customerId }) => directory.details(customerId)),
    route(launch, async (request) => {
      await ready;
      return capabilities.launching(request);
    }),
    route(endSession, ({ launchId }) => capabilities.endSession(launchId)),
    route(focusSession, async ({ launchId }) => done(await capabilities.focusSession(launchId))),
    route(dismissLaunch, ({ launchId }) =>
      nothing(capabilities.store.change(launchId, { dismissed: true })),
    ),
    // For the next view: one that is open keeps its own draft, or it would lose its caret.
    route(saveDraft, (draft) => nothing(capabilities.drafts.save(draft))),
    route(openAsMe, async ({ targetAppId }) => {
      const result = await capabilities.openAsMe(targetAppId);
      return result.ok ? done({}) : result;
    }),
    route(takePrefill, async ({ id }) => done({ taken: await capabilities.prefills.take(id) })),
    route(retryPrefill, async ({ id }) => {
      await capabilities.prefills.retry(id);
      return done({});
    }),
    route(setPin, (pair) => nothing(capabilities.pin(pair))),
    route(getShortcuts, async () =>
      done({ shortcuts: [...(await capabilities.commands.bound())] }),
    ),
    route(openShortcutSettings, async () =>
      done({ opened: await capabilities.commands.openSettings() }),
    ),
    route(getSessionTabs, async ({ launchId }) => done(await capabilities.tabTitles(launchId))),
    route(endWithLastTab, async ({ chosen }) => {
      const { endsWithLastTab } = capabilities;
      if (chosen !== undefined) await endsWithLastTab.write(chosen);
      return done({ chosen: (await endsWithLastTab.read()) ?? false });
    }),
    route(openOptions, () => nothing(capabilities.openOptionsPage())),
    route(getInstallation, async () => done(capabilities.installation())),
    route(reloadProfile, () => nothing(capabilities.reloadProfile())),
  ];
};
