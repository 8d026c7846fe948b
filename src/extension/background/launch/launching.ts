import type { LaunchId } from '../../../contract/ids.ts';
import type { LaunchRequestMessage } from '../../messages/launch/launch.ts';
import type { LaunchStatus } from '../../messages/launch/launch-status.ts';
import { done, type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import { statusOf } from '../launch-state/standing.ts';
import type { DescribeLaunch } from './describe-launch.ts';
import { createGivingUp } from './give-up-launch.ts';
import { createStartLaunch, type StartLaunchDependencies } from './start-launch.ts';

/** Starts launches, one at a time. */
export type Launching = {
  /**
   * Starts a launch once, however often it is asked for. A launch that began is answered with what became
   * of it; a problem means that none began. One that the company's rules want a fresher sign-in for goes on by itself
   * after that, under another id where the backend has refused the first.
   */
  readonly start: (request: LaunchRequestMessage) => Promise<Outcome<LaunchStatus>>;
  /** Tells whether a launch has begun whose tab is not open yet. */
  readonly isUnderWay: () => boolean;
  /** Stops a launch whose tab is not open yet. A token that still arrives is thrown away. */
  readonly cancel: (id: LaunchId) => Promise<Outcome<LaunchStatus>>;
  /** Cancels the launch that is under way; one whose tab is being opened can be ended when this settles. */
  readonly stop: () => Promise<void>;
};

type Dependencies = StartLaunchDependencies & {
  readonly newLaunchId: () => LaunchId;
  readonly describe: DescribeLaunch;
};

/** Makes {@link Launching}. */
export const createLaunching = (dependencies: Dependencies): Launching => {
  const { launches, opening, now } = dependencies;
  const givingUp = createGivingUp(dependencies);
  const { fail, abandon } = givingUp;
  const cancelled = new Set<LaunchId>();
  const isCancelled = (id: LaunchId) => cancelled.has(id);
  const startLaunch = createStartLaunch(dependencies, givingUp, isCancelled);
  let running: { ids: LaunchId[]; result: Promise<Outcome<LaunchStatus>> } | undefined;

  const answerFor = async (id: LaunchId): Promise<Outcome<LaunchStatus>> => {
    const record = await launches.find(id);
    return record ? done(statusOf(record, now())) : refused(extensionProblem('launch_unknown'));
  };

  const run = async (request: LaunchRequestMessage): Promise<Outcome<LaunchStatus>> => {
    const [known, described] = await Promise.all([
      launches.find(request.id),
      dependencies.describe(request),
    ]);
    if (known) {
      return done(statusOf(known, now()));
    }
    if (!described.ok) {
      return described;
    }
    const { id, stepUp } = request;
    await startLaunch(request, described.value);
    const answer = await answerFor(id);
    const wanted = answer.ok && !stepUp ? answer.value.problem?.stepUp : undefined;
    if (!wanted || !running) {
      return answer;
    }
    // The backend takes no id twice, so the second try needs its own. The agent is not told of the first.
    const again = dependencies.newLaunchId();
    running.ids.push(again);
    await launches.note(id, { dismissed: true });
    return run({ ...request, id: again, stepUp: wanted });
  };

  /** Holds an answer back until the tab has loaded: a view that draws it takes the browser's time from the tab. */
  const asLoaded = async (answer: Outcome<LaunchStatus>): Promise<Outcome<LaunchStatus>> => {
    await opening.untilAllLoaded();
    return answer.ok ? answerFor(answer.value.id) : answer;
  };

  const cancel: Launching['cancel'] = async (id) => {
    const record = await launches.find(id);
    if (running?.ids.includes(id) && record?.state === 'requested') {
      cancelled.add(id);
      const problem = extensionProblem('launch_cancelled');
      await (record.step === 'backend' ? abandon(id, problem) : fail(id, problem));
    }
    return answerFor(id);
  };

  return {
    start: (request) => {
      if (running?.ids.includes(request.id)) {
        return running.result;
      }
      if (running) {
        return Promise.resolve(refused(extensionProblem('another_launch_running')));
      }
      const ids = [request.id];
      const result = run(request)
        .catch(async () => {
          // Where a tab is open already, the launch is further on and stays as it is.
          const id = ids.at(-1) ?? request.id;
          await fail(id, extensionProblem('internal'));
          return answerFor(id);
        })
        .finally(() => {
          running = undefined;
          cancelled.clear();
        })
        .then(asLoaded);
      running = { ids, result };
      return result;
    },
    isUnderWay: () => running !== undefined,
    cancel,
    stop: async () => {
      const [id, result] = [running?.ids.at(-1), running?.result];
      const answer = id && (await cancel(id));
      if (answer?.ok && answer.value.standing === 'launching') {
        await result;
      }
    },
  };
};
