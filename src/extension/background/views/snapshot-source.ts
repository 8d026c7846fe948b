import type { AgentId } from '../../../contract/ids.ts';
import type { StorageArea } from '../../browser/storage.ts';
import { draftSchema } from '../../messages/draft.ts';
import { EMPTY_DRAFT } from '../../messages/empty-draft.ts';
import type { Place, Recent, Snapshot } from '../../messages/snapshot.ts';
import type { BackendSetting } from '../backend/backend-setting.ts';
import type { AgentProfile } from '../customers/agent-profile.ts';
import type { CustomerDirectory } from '../customers/customer-directory.ts';
import type { Recents } from '../customers/recents.ts';
import type { Prefills } from '../entry-points/prefills.ts';
import { isActive, statusOf } from '../launch-state/launch-record.ts';
import type { LaunchStore } from '../launch-state/launch-store.ts';
import type { AgentTokens } from '../sign-in/agent-tokens.ts';
import type { SignInStatus } from '../sign-in/sign-in-status.ts';
import { storedValue } from '../storage/stored-value.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly backend: Pick<BackendSetting, 'origin' | 'remembered'>;
  readonly tokens: Pick<AgentTokens, 'read'>;
  readonly profile: Pick<AgentProfile, 'read' | 'problem'>;
  readonly directory: Pick<CustomerDirectory, 'known' | 'gone'>;
  readonly store: Pick<LaunchStore, 'all'>;
  readonly recents: Pick<Recents, 'of'>;
  readonly prefills: Pick<Prefills, 'shown'>;
  readonly places: () => Promise<Place[]>;
  readonly signInStatus: () => Promise<SignInStatus>;
  readonly now: () => number;
};

const NOTHING_OF_CUSTOMERS = { sessions: [], recents: [], draft: EMPTY_DRAFT };

/** Makes the function that collects what views show, from storage only: it never waits for the network. */
export const createSnapshotSource = (dependencies: Dependencies): (() => Promise<Snapshot>) => {
  const { backend, directory, now } = dependencies;
  const storedDraft = storedValue(dependencies.session, 'draft', draftSchema);

  /** Everything about customers, read at once with the rest; shown only to somebody who is signed in. */
  const readCustomerParts = async () => {
    const [draft, launches, known, gone, prefill] = await Promise.all([
      storedDraft.read(),
      dependencies.store.all(),
      directory.known(),
      directory.gone(),
      dependencies.prefills.shown(),
    ]);
    return { draft: draft ?? EMPTY_DRAFT, launches, known, gone, prefill };
  };
  type CustomerParts = Awaited<ReturnType<typeof readCustomerParts>>;

  const recentsOf = async (
    agent: AgentId | undefined,
    { known, gone }: CustomerParts,
  ): Promise<Recent[]> => {
    if (agent === undefined) return [];
    return (await dependencies.recents.of(agent)).map((pair) => {
      const customer = known.get(pair.customerId);
      return { ...pair, gone: gone.has(pair.customerId), ...(customer ? { customer } : {}) };
    });
  };

  const shownParts = async (parts: CustomerParts, agent: AgentId | undefined) => {
    const { draft, launches, known, prefill } = parts;
    const launch = launches.find(({ dismissed }) => !dismissed);
    const draftCustomer = known.get(draft.customerId ?? '');
    return {
      sessions: launches.filter((record) => isActive(record, now())).map(statusOf),
      recents: await recentsOf(agent, parts),
      draft,
      ...(launch ? { launch: statusOf(launch) } : {}),
      ...(draftCustomer ? { draftCustomer } : {}),
      ...(prefill ? { prefill } : {}),
    };
  };

  return async () => {
    const [setting, remembered, tokens, status, profile, profileProblem, parts, places] =
      await Promise.all([
        backend.origin(),
        backend.remembered(),
        dependencies.tokens.read(),
        dependencies.signInStatus(),
        dependencies.profile.read(),
        dependencies.profile.problem(),
        readCustomerParts(),
        dependencies.places(),
      ]);
    const signedIn = tokens !== undefined;
    return {
      places,
      backend: {
        managed: setting.managed,
        ...(setting.origin === undefined ? {} : { origin: setting.origin }),
        ...(remembered ? { issuer: remembered.discovery.issuer } : {}),
      },
      signIn: {
        state: signedIn ? 'signed_in' : status.signingIn ? 'signing_in' : 'signed_out',
        webSessionLeft: status.webSessionLeft,
        ...(status.problem ? { problem: status.problem } : {}),
      },
      ...(signedIn && profile
        ? { profile: { me: profile.me, targetApps: profile.targetApps } }
        : {}),
      ...(signedIn && profileProblem ? { profileProblem } : {}),
      ...(signedIn ? await shownParts(parts, profile?.me.agent.sub) : NOTHING_OF_CUSTOMERS),
    };
  };
};
