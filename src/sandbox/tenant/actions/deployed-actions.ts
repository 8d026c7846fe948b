import type { TenantAction, TenantActionVersion } from '../model.ts';
import {
  type ActionLimits,
  type ActionOutcome,
  type ActionRunner,
  type ActionTrigger,
  createActionRunner,
} from './action-runner.ts';

/** Runs Actions as they were last deployed. */
export type DeployedActions = {
  run: (
    action: TenantAction,
    trigger: ActionTrigger,
    event: Record<string, unknown>,
  ) => Promise<ActionOutcome>;
  close: () => Promise<void>;
};

const secretsOf = ({ secrets }: TenantActionVersion): Record<string, string> =>
  Object.fromEntries(secrets.map(({ name, value }) => [name, value]));

/**
 * Keeps one worker for each deployed version that has run, so that its cache lives on between calls.
 * An Action that was never deployed fails.
 */
export const createDeployedActions = (
  limits: ActionLimits,
  clock: () => number,
): DeployedActions => {
  const runners = new Map<string, ActionRunner>();
  const runnerOf = (version: TenantActionVersion, trigger: ActionTrigger): ActionRunner => {
    const known = runners.get(version.id);
    if (known) {
      return known;
    }
    const runner = createActionRunner(
      {
        code: version.code,
        secrets: secretsOf(version),
        dependencies: version.dependencies.map(({ name }) => name),
      },
      trigger,
      limits,
      clock,
    );
    runners.set(version.id, runner);
    return runner;
  };
  return {
    run: async (action, trigger, event) => {
      const version = action.versions.at(-1);
      return version
        ? runnerOf(version, trigger).run(event)
        : { ok: false, failure: `The Action ${action.name} is not deployed.` };
    },
    close: async () => {
      for (const runner of runners.values()) {
        await runner.close();
      }
    },
  };
};
