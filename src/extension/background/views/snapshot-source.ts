import type { AgentId } from '../../../contract/ids.ts';
import type { StorageArea } from '../../browser/storage.ts';
import { draftSchema } from '../../messages/launch/draft.ts';
import { EMPTY_DRAFT } from '../../messages/launch/empty-draft.ts';
import type { Standing } from '../../messages/launch/launch-status.ts';
import { isRecentFailure } from '../../messages/launch/recent-failure.ts';
import type { Managed } from '../../messages/set-up/managed-settings.ts';
import type { Leftover, Place, Recent, Snapshot } from '../../messages/snapshot.ts';
import type { BackendSetting } from '../backend/backend-setting.ts';
import type { AgentProfile } from '../customers/agent-profile.ts';
import type { CustomerDirectory } from '../customers/customer-directory.ts';
import type { Recents } from '../customers/recents.ts';
import type { Prefills } from '../entry-points/prefills.ts';
import { causeOf, endingOf, type LaunchRecord } from '../launch-state/launch-record.ts';
import type { Launches } from '../launch-state/launches.ts';
import { standingOf, statusOf } from '../launch-state/standing.ts';
import type { Leftovers } from '../session/leftovers.ts';
import type { AgentTokens } from '../sign-in/agent-tokens.ts';
import type { SignInStatus } from '../sign-in/sign-in-status.ts';
import { storedValue } from '../storage/stored-value.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly setting: Pick<BackendSetting, 'origin' | 'remembered'>;
  readonly managed: () => Promise<Managed>;
  readonly tokens: Pick<AgentTokens, 'read'>;
  readonly profile: Pick<AgentProfile, 'read' | 'problem'>;
  readonly directory: Pick<CustomerDirectory, 'known' | 'gone'>;
  readonly launches: Pick<Launches, 'all'>;
  readonly leftovers: Pick<Leftovers, 'all'>;
  readonly recents: Pick<Recents, 'of'>;
  readonly prefills: Pick<Prefills, 'shown'>;
  readonly places: { readonly read: () => Promise<Place[]> };
  readonly setUp: { readonly read: () => Promise<Snapshot['setUp']> };
  readonly account: { readonly status: { readonly read: () => Promise<SignInStatus> } };
  readonly now: () => number;
};

/** What stands in the list of sessions. */
const LISTED: readonly Standing[] = ['acting', 'not_verified', 'ending'];

/** Whether a policy sets anything, be it wrongly. */
const isSet = ({ wrong, ...settings }: Managed): boolean =>
  wrong.length > 0 || Object.keys(settings).length > 0;

/**
 * The launch that views have to tell of first: one that starts, one that the agent ends, one that failed just now,
 * else the one that the agent started or ended last. What the agent has put away is none of them.
 */
const foremost = (launches: readonly LaunchRecord[], now: number): LaunchRecord | undefined => {
  const open = launches.filter(({ dismissed }) => !dismissed);
  const isByAgent = (record: LaunchRecord): boolean => causeOf(record) === 'agent';
  const lastOf = (record: LaunchRecord): number =>
    record.state === 'ended' && record.endedAt !== undefined && isByAgent(record)
      ? record.endedAt
      : Date.parse(record.requestedAt);
  return (
    open.find((record) => standingOf(record, now) === 'launching') ??
    open.find((record) => endingOf(record) !== undefined && isByAgent(record)) ??
    open.find((record) => isRecentFailure(record, now)) ??
    open.toSorted((one, other) => lastOf(other) - lastOf(one))[0]
  );
};

const NOTHING_OF_CUSTOMERS = { sessions: [], recents: [], draft: EMPTY_DRAFT };

/** Makes the function that collects what views show, from storage only: it never waits for the network. */
export const createSnapshotSource = (dependencies: Dependencies): (() => Promise<Snapshot>) => {
  const { setting: backend, directory, now } = dependencies;
  const storedDraft = storedValue(dependencies.session, 'draft', draftSchema);

  /** Everything about customers, read at once with the rest; shown only to somebody who is signed in. */
  const readCustomerParts = async () => {
    const [draft, launches, known, gone, prefill] = await Promise.all([
      storedDraft.read(),
      dependencies.launches.all(),
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
    if (agent === undefined) {
      return [];
    }
    return (await dependencies.recents.of(agent)).map((pair) => {
      const customer = known.get(pair.customerId);
      return { ...pair, gone: gone.has(pair.customerId), ...(customer && { customer }) };
    });
  };

  const isListed = (record: LaunchRecord, leftovers: readonly Leftover[]): boolean =>
    LISTED.includes(standingOf(record, now())) &&
    !leftovers.some(({ launchId }) => launchId === record.id);

  const shownParts = async (
    parts: CustomerParts,
    agent: AgentId | undefined,
    leftovers: readonly Leftover[],
  ) => {
    const { draft, launches, known, prefill } = parts;
    const launch = foremost(launches, now());
    const draftCustomer = known.get(draft.customerId ?? '');
    return {
      sessions: launches
        .filter((record) => isListed(record, leftovers))
        .map((record) => statusOf(record, now())),
      recents: await recentsOf(agent, parts),
      draft,
      ...(launch && { launch: statusOf(launch, now()) }),
      ...(draftCustomer && { draftCustomer }),
      ...(prefill && { prefill }),
    };
  };

  return async () => {
    const [
      setting,
      managed,
      remembered,
      tokens,
      status,
      profile,
      profileProblem,
      parts,
      places,
      leftovers,
      setUp,
    ] = await Promise.all([
      backend.origin(),
      dependencies.managed(),
      backend.remembered(),
      dependencies.tokens.read(),
      dependencies.account.status.read(),
      dependencies.profile.read(),
      dependencies.profile.problem(),
      readCustomerParts(),
      dependencies.places.read(),
      dependencies.leftovers.all(),
      dependencies.setUp.read(),
    ]);
    const signedIn = tokens !== undefined;
    return {
      places,
      backend: {
        managed: setting.managed,
        ...(setting.origin !== undefined && { origin: setting.origin }),
        ...(remembered && { issuer: remembered.discovery.issuer }),
      },
      ...(isSet(managed) && { managed }),
      signIn: {
        state: signedIn ? 'signed_in' : status.signingIn ? 'signing_in' : 'signed_out',
        webSessionLeft: status.webSessionLeft,
        ...(status.problem && { problem: status.problem }),
      },
      leftovers: leftovers.map(({ customerName, ...leftover }) => ({
        ...leftover,
        ...(signedIn && customerName !== undefined && { customerName }),
      })),
      setUp: managed.offersDeclined
        ? { due: false, declined: true }
        : { ...setUp, due: signedIn && setUp.due },
      ...(signedIn && profile && { profile: { me: profile.me, targetApps: profile.targetApps } }),
      ...(signedIn && profileProblem && { profileProblem }),
      ...(signedIn
        ? await shownParts(parts, profile?.me.agent.sub, leftovers)
        : NOTHING_OF_CUSTOMERS),
    };
  };
};
