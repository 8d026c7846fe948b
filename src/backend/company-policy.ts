import type { Metrics } from './http/metrics.ts';
import type { PolicyConfig } from './policy-config.ts';
import { BUILT_IN_POLICY, type CompanyPolicy } from './ports/company-policy.ts';
import type { Log } from './ports/log.ts';

/** How often the folder of policies is looked at. */
const LOOK_MILLISECONDS = 5_000;

/** The company's rules as they are now. */
export type KeptCompanyPolicy = {
  readonly current: () => CompanyPolicy;
  /** Stops looking at the folder. */
  readonly stop: () => void;
};

/**
 * Opens the folder of policies that the configuration names, and looks every five seconds whether it changed.
 * Without a folder the built-in rules hold, and Cedar is not loaded.
 * @throws {PolicyFolderError} when the folder is not clean.
 */
export const keepCompanyPolicy = async (
  { folder, agentAttributes, customerAttributes }: PolicyConfig,
  metrics: Pick<Metrics, 'policyInForce' | 'policyRejected'>,
  log: Log,
): Promise<KeptCompanyPolicy> => {
  if (folder === undefined) {
    return { current: () => BUILT_IN_POLICY, stop: () => undefined };
  }
  const { openPolicyFolder } = await import('./adapters/cedar/open-policy-folder.ts');
  const opened = openPolicyFolder({
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
  log.info('policy_in_force', { hash: opened.current().hash });
  const looking = setInterval(opened.reload, LOOK_MILLISECONDS);
  looking.unref();
  return { current: opened.current, stop: () => clearInterval(looking) };
};
