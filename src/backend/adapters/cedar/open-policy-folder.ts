import type { CompanyPolicy } from '../../ports/company-policy.ts';
import type { Log } from '../../ports/log.ts';
import { cedarPolicy } from './company-policy.ts';
import { compilePolicies } from './compile-policies.ts';
import type { AttributeNames } from './example-facts.ts';
import { PolicyFolderError, readPolicyFolder } from './policy-folder.ts';

/** A company's rules, kept as its folder of policies is. */
export type OpenPolicyFolder = {
  /** The rules in force: the last version of the folder that was clean. */
  readonly current: () => CompanyPolicy;
  /**
   * Looks at the folder. A changed one that is clean is in force from now on. One that is not changes nothing,
   * is logged with all that is wrong, and counts as rejected until it is clean.
   */
  readonly reload: () => void;
};

export type PolicyFolderOptions = {
  readonly folder: string;
  readonly attributes: AttributeNames;
  readonly log: Log;
  /** Told which version is in force, and whether a change of the folder is rejected. */
  readonly onState: (state: { readonly hash: string; readonly isRejected: boolean }) => void;
};

/** How many problems of a rejected change are logged. */
const LOGGED_PROBLEMS = 10;

/**
 * Opens a folder of policies.
 * @throws {PolicyFolderError} when it is not clean: a backend does not start on rules that it cannot read.
 */
export const openPolicyFolder = (options: PolicyFolderOptions): OpenPolicyFolder => {
  const { folder, attributes, log, onState } = options;
  const load = (): CompanyPolicy =>
    cedarPolicy({
      ...compilePolicies(readPolicyFolder(folder), attributes),
      onFailure: (policies, cause) =>
        log.error('policy_failed', { policies: policies.join(', '), cause }),
    });
  let current = load();
  let rejected: string | undefined;
  onState({ hash: current.hash, isRejected: false });

  const reject = (error: PolicyFolderError, seen: string): void => {
    if (rejected !== seen) {
      for (const problem of error.problems.slice(0, LOGGED_PROBLEMS)) {
        log.error('policy_change_rejected', { problem, inForce: current.hash });
      }
    }
    rejected = seen;
    onState({ hash: current.hash, isRejected: true });
  };

  const reload = (): void => {
    let seen = 'unreadable';
    try {
      seen = readPolicyFolder(folder).hash;
      if (seen === rejected) {
        return;
      }
      if (seen !== current.hash) {
        current = load();
        log.info('policy_changed', { hash: current.hash });
      }
      rejected = undefined;
      onState({ hash: current.hash, isRejected: false });
    } catch (error) {
      if (!(error instanceof PolicyFolderError)) {
        throw error;
      }
      reject(error, seen);
    }
  };
  return { current: () => current, reload };
};
