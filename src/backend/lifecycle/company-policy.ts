import type { PolicyConfig } from '../config/policy-config.ts';
import type { Metrics } from '../http/metrics.ts';
import { BUILT_IN_POLICY, type CompanyPolicy, POLICY_BEHIND } from '../ports/company-policy.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Refusal } from '../refusal.ts';

/** How often the folder of policies, and what other replicas say is in force, is looked at. */
const LOOK_MILLISECONDS = 5_000;

/** The company's rules as they are now. */
export type KeptCompanyPolicy = {
  /** The rules to decide by, or the refusal while other rules are in force than this replica has. */
  readonly current: () => CompanyPolicy | Refusal;
  /** Looks at the folder, and whether its rules are those in force. */
  readonly look: () => Promise<void>;
  /** Stops looking. */
  readonly stop: () => void;
};

type Dependencies = {
  readonly metrics: Pick<Metrics, 'policyInForce' | 'policyRejected' | 'policyBehind'>;
  readonly ledger: Pick<Ledger, 'claimPolicy' | 'policyInForce'>;
  /** Whether other replicas may share the ledger. Alone, whatever this backend starts with is in force. */
  readonly isShared: boolean;
  readonly log: Log;
};

type Folder = { readonly current: () => CompanyPolicy; readonly reload: () => void };

const openFolder = async (
  { folder, agentAttributes, customerAttributes }: PolicyConfig,
  { metrics, log }: Dependencies,
): Promise<Folder> => {
  if (folder === undefined) {
    return { current: () => BUILT_IN_POLICY, reload: () => undefined };
  }
  const { openPolicyFolder } = await import('../adapters/cedar/open-policy-folder.ts');
  return openPolicyFolder({
    folder,
    attributes: {
      agent: Object.keys(agentAttributes),
      customer: Object.keys(customerAttributes),
    },
    log,
    onState: ({ hash, isRejected }) => {
      metrics.policyInForce.reset();
      metrics.policyInForce.set({ hash }, 1);
      metrics.policyRejected.set(isRejected ? 1 : 0);
    },
  });
};

/**
 * Opens the folder of policies that the configuration names, agrees on its version with the other replicas, and
 * looks every five seconds at both. Rules that were in force before are behind until the folder has those that are;
 * rules that are new, or that somebody changed to while this backend ran, come into force for all. Without a folder
 * the built-in rules hold, and Cedar is not loaded.
 * @throws {PolicyFolderError | LedgerUnavailableError} when the folder is not clean or the ledger does not answer.
 */
export const keepCompanyPolicy = async (
  config: PolicyConfig,
  dependencies: Dependencies,
): Promise<KeptCompanyPolicy> => {
  const { metrics, ledger, isShared, log } = dependencies;
  const folder = await openFolder(config, dependencies);
  let isBehind = false;

  const settle = (agreed: boolean): void => {
    if (isBehind === agreed) {
      log[agreed ? 'info' : 'error'](agreed ? 'policy_agreed' : 'policy_behind', {
        hash: folder.current().hash,
      });
    }
    isBehind = !agreed;
    metrics.policyBehind.set(isBehind ? 1 : 0);
  };

  /** Where nothing was ever claimed the built-in rules are in force. */
  const isInForce = async (hash: string): Promise<boolean> =>
    ((await ledger.policyInForce()) ?? BUILT_IN_POLICY.hash) === hash;

  const look = async (): Promise<void> => {
    const before = folder.current().hash;
    folder.reload();
    const { hash } = folder.current();
    settle(hash === before ? await isInForce(hash) : await ledger.claimPolicy(hash, true));
  };

  const { hash } = folder.current();
  settle((await isInForce(hash)) || (await ledger.claimPolicy(hash, !isShared)));
  log.info('policy_in_force', { hash });
  const looking = setInterval(() => {
    look().catch((error: unknown) => {
      log.warn('policy_not_compared', { cause: error instanceof Error ? error.name : 'unknown' });
    });
  }, LOOK_MILLISECONDS);
  looking.unref();
  return {
    current: () => (isBehind ? POLICY_BEHIND : folder.current()),
    look,
    stop: () => clearInterval(looking),
  };
};
