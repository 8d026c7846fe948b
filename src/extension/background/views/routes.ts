import type { Commands } from '../../browser/entry-points/commands.ts';
import { inBackground } from '../../in-background.ts';
import { getCustomer } from '../../messages/customers/get-customer.ts';
import { searchCustomers } from '../../messages/customers/search-customers.ts';
import { setPin } from '../../messages/customers/set-pin.ts';
import { getShortcuts } from '../../messages/entry-points/get-shortcuts.ts';
import { openShortcutSettings } from '../../messages/entry-points/open-shortcut-settings.ts';
import { retryPrefill } from '../../messages/entry-points/retry-prefill.ts';
import { takePrefill } from '../../messages/entry-points/take-prefill.ts';
import { getSnapshot } from '../../messages/get-snapshot.ts';
import { cancelLaunch } from '../../messages/launch/cancel-launch.ts';
import { confirmLanded } from '../../messages/launch/confirm-landed.ts';
import { dismissLaunch } from '../../messages/launch/dismiss-launch.ts';
import { launch } from '../../messages/launch/launch.ts';
import { openAsMe } from '../../messages/launch/open-as-me.ts';
import { previewLaunch } from '../../messages/launch/preview-launch.ts';
import { saveDraft } from '../../messages/launch/save-draft.ts';
import { endSession } from '../../messages/session/end-session.ts';
import { endWithLastTab } from '../../messages/session/end-with-last-tab.ts';
import { focusSession } from '../../messages/session/focus-session.ts';
import { getSessionTabs } from '../../messages/session/get-session-tabs.ts';
import { reopenSession } from '../../messages/session/reopen-session.ts';
import { signOutLeftover } from '../../messages/session/sign-out-leftover.ts';
import { finishSetUp } from '../../messages/set-up/finish-set-up.ts';
import { getInstallation } from '../../messages/set-up/get-installation.ts';
import { openOptions } from '../../messages/set-up/open-options.ts';
import { saveBackend } from '../../messages/set-up/save-backend.ts';
import { reloadProfile } from '../../messages/sign-in/reload-profile.ts';
import { signIn } from '../../messages/sign-in/sign-in.ts';
import { signOut } from '../../messages/sign-in/sign-out.ts';
import type { Snapshot } from '../../messages/snapshot.ts';
import { done, type Outcome } from '../../messages/wire/outcome.ts';
import type { Customers } from '../customers/compose-customers.ts';
import type { EntryPoints } from '../entry-points/compose-entry-points.ts';
import type { LaunchParts } from '../launch/compose-launches.ts';
import type { Launches } from '../launch-state/launches.ts';
import type { Sessions } from '../session/compose-sessions.ts';
import type { createSignOut } from '../sign-in/sign-out.ts';
import type { createDraftStore } from '../storage/draft-store.ts';
import type { createSetUp } from '../storage/set-up.ts';
import { describeInstallation } from './installation.ts';
import { type Route, route } from './router.ts';

/** What the messages are answered with: the worker's parts, so that a new message needs its route alone. */
export type Capabilities = {
  readonly snapshot: () => Promise<Snapshot>;
  /** Renews in the background what the view that just opened will need. */
  readonly prepare: () => Promise<void>;
  readonly saveBackend: (address: string) => Promise<Outcome<{ origin: string; issuer: string }>>;
  readonly signIn: () => Promise<Outcome<object>>;
  readonly signOut: ReturnType<typeof createSignOut>;
  readonly customers: Customers;
  readonly launches: Launches;
  readonly launchParts: LaunchParts;
  readonly sessions: Sessions;
  readonly entryPoints: EntryPoints;
  readonly drafts: ReturnType<typeof createDraftStore>;
  readonly setUp: ReturnType<typeof createSetUp>;
  readonly commands: Pick<Commands, 'bound' | 'openSettings'>;
  readonly openOptionsPage: () => Promise<void>;
  readonly changed: () => void;
};

/** Every message that the worker answers. `ready` settles when what a predecessor left in the middle is settled. */
export const createRoutes = (capabilities: Capabilities, ready: Promise<void>): Route[] => {
  const { changed, customers, launches, launchParts, sessions, entryPoints } = capabilities;
  const { commands } = capabilities;
  const { endsWithLastTab } = sessions;
  const nothing = async (task: Promise<unknown>) => {
    await task;
    changed();
    return done({});
  };
  return [
    route(getSnapshot, async () => {
      await ready;
      const snapshot = await capabilities.snapshot();
      inBackground(capabilities.prepare(), 'fetching what a view will need');
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
    route(searchCustomers, ({ query, limit }) => customers.directory.search(query, limit)),
    route(getCustomer, ({ customerId }) => customers.directory.details(customerId)),
    route(previewLaunch, (request) => launchParts.launchOutlook(request)),
    route(launch, async (request) => {
      await ready;
      return launchParts.launching.start(request);
    }),
    route(cancelLaunch, ({ id }) => launchParts.launching.cancel(id)),
    route(confirmLanded, ({ launchId }) => launchParts.confirmLanded(launchId)),
    route(endSession, ({ launchId }) => sessions.endSession(launchId, 'agent')),
    route(signOutLeftover, ({ launchId }) => sessions.leftovers.signOut(launchId)),
    route(reopenSession, ({ launchId }) => sessions.reopenSession(launchId)),
    route(focusSession, async ({ launchId }) => done(await sessions.focusSession(launchId))),
    route(dismissLaunch, ({ launchId }) => nothing(launches.note(launchId, { dismissed: true }))),
    // For the next view: one that is open keeps its own draft, or it would lose its caret.
    route(saveDraft, (draft) => nothing(capabilities.drafts.save(draft))),
    route(openAsMe, async ({ targetAppId }) => {
      const result = await launchParts.openAsMe(targetAppId);
      return result.ok ? done({}) : result;
    }),
    route(takePrefill, async ({ id }) => done({ taken: await entryPoints.prefills.take(id) })),
    route(retryPrefill, async ({ id }) => {
      await entryPoints.prefills.retry(id);
      return done({});
    }),
    route(setPin, async (pair) => {
      const agent = await customers.agentId();
      if (agent !== undefined) {
        await customers.recents.pin(agent, pair);
      }
      return nothing(entryPoints.menus.update());
    }),
    route(getShortcuts, async () => done({ shortcuts: [...(await commands.bound())] })),
    route(openShortcutSettings, async () => done({ opened: await commands.openSettings() })),
    route(getSessionTabs, async ({ launchId }) => done(await sessions.tabTitles(launchId))),
    route(endWithLastTab, async ({ chosen }) => {
      if (chosen !== undefined) {
        await endsWithLastTab.choose(chosen);
      }
      return done({ chosen: await endsWithLastTab.read() });
    }),
    route(finishSetUp, ({ declined }) => nothing(capabilities.setUp.finish(declined))),
    route(openOptions, () => nothing(capabilities.openOptionsPage())),
    route(getInstallation, async () => done(describeInstallation())),
    route(reloadProfile, () => nothing(customers.profile.load().then(entryPoints.menus.update))),
  ];
};
