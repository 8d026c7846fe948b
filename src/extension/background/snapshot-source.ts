import type { StorageArea } from '../browser/storage.ts';
import { draftSchema, EMPTY_DRAFT } from '../messages/draft.ts';
import type { Recent, Snapshot } from '../messages/snapshot.ts';
import type { AgentProfile } from './agent-profile.ts';
import type { AgentTokens } from './agent-tokens.ts';
import type { BackendSetting } from './backend-setting.ts';
import type { CustomerDirectory } from './customer-directory.ts';
import { isActive, statusOf } from './launch-record.ts';
import type { LaunchStore } from './launch-store.ts';
import type { Recents } from './recents.ts';
import type { SignInStatus } from './sign-in-status.ts';
import { storedValue } from './stored-value.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly backend: BackendSetting;
  readonly tokens: Pick<AgentTokens, 'read'>;
  readonly profile: Pick<AgentProfile, 'read' | 'problem'>;
  readonly directory: Pick<CustomerDirectory, 'known' | 'gone'>;
  readonly store: Pick<LaunchStore, 'all'>;
  readonly recents: Pick<Recents, 'of'>;
  readonly signInStatus: () => Promise<SignInStatus>;
  readonly now: () => number;
};

/** Makes the function that collects what views show, from storage only: it never waits for the network. */
export const createSnapshotSource = (dependencies: Dependencies): (() => Promise<Snapshot>) => {
  const { backend, directory, now } = dependencies;
  const storedDraft = storedValue(dependencies.session, 'draft', draftSchema);

  const recentsOf = async (agent: Parameters<Recents['of']>[0]): Promise<Recent[]> => {
    const [pairs, known, gone] = await Promise.all([
      dependencies.recents.of(agent),
      directory.known(),
      directory.gone(),
    ]);
    return pairs.map((pair) => {
      const customer = known.get(pair.customerId);
      return { ...pair, gone: gone.has(pair.customerId), ...(customer ? { customer } : {}) };
    });
  };

  const customerParts = async (signedIn: boolean, agent?: Parameters<Recents['of']>[0]) => {
    if (!signedIn) return { sessions: [], recents: [], draft: EMPTY_DRAFT };
    const [draft, launches, known] = await Promise.all([
      storedDraft.read(),
      dependencies.store.all(),
      directory.known(),
    ]);
    const launch = launches.find(({ dismissed }) => !dismissed);
    const draftCustomer = known.get(draft?.customerId ?? '');
    return {
      sessions: launches.filter((record) => isActive(record, now())).map(statusOf),
      recents: agent === undefined ? [] : await recentsOf(agent),
      draft: draft ?? EMPTY_DRAFT,
      ...(launch ? { launch: statusOf(launch) } : {}),
      ...(draftCustomer ? { draftCustomer } : {}),
    };
  };

  return async () => {
    const [setting, remembered, tokens, status, profile, profileProblem] = await Promise.all([
      backend.origin(),
      backend.remembered(),
      dependencies.tokens.read(),
      dependencies.signInStatus(),
      dependencies.profile.read(),
      dependencies.profile.problem(),
    ]);
    const signedIn = tokens !== undefined;
    return {
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
      ...(await customerParts(signedIn, profile?.me.agent.sub)),
    };
  };
};
