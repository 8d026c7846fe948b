import type { LaunchId } from '../../../../contract/ids.ts';
import type { confirmLanded } from '../../../messages/launch/confirm-landed.ts';
import type { dismissLaunch } from '../../../messages/launch/dismiss-launch.ts';
import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import type { endSession } from '../../../messages/session/end-session.ts';
import type { focusSession } from '../../../messages/session/focus-session.ts';
import type { reopenSession } from '../../../messages/session/reopen-session.ts';
import { ask } from '../../../messages/wire/ask.ts';
import type { Outcome } from '../../../messages/wire/outcome.ts';
import type { ProblemReport } from '../../../messages/wire/problem.ts';
import { createCell } from '../cell.ts';
import { followedLaunch, load, putAwayLaunch, showLaunch, snapshot, takeAnswer } from '../state.ts';

/** Why a confirmed launch did not even begin, or ending did not. */
export const actionProblem = createCell<ProblemReport | undefined>(undefined);

/**
 * Says why something about a launch did not happen. Where the worker stopped in the middle, its successor has
 * to be woken: only that one knows what became of the launch, and then the launch itself says it.
 */
export const showProblem = async (launchId: LaunchId, problem: ProblemReport): Promise<void> => {
  actionProblem.value = problem;
  if (problem.code !== 'worker_stopped') {
    return;
  }
  await load();
  if (snapshot.value?.launch?.id === launchId) {
    actionProblem.value = undefined;
  }
};

/** Puts a settled launch away. */
export const dismiss = async (launchId: LaunchId): Promise<void> => {
  followedLaunch.value = undefined;
  putAwayLaunch.value = launchId;
  const current = snapshot.value;
  if (current) {
    const { launch: _launch, ...rest } = current;
    snapshot.value = rest;
  }
  await ask<typeof dismissLaunch>('dismiss_launch', { launchId });
};

/** Stops acting as the customer, and shows how that goes; false where it did not begin. */
export const endAndShow = async (launchId: LaunchId): Promise<boolean> => {
  actionProblem.value = undefined;
  followedLaunch.value = launchId;
  const answer = await ask<typeof endSession>('end_session', { launchId });
  if (answer.ok) {
    showLaunch(answer.value);
  } else {
    await showProblem(launchId, answer.problem);
  }
  return answer.ok;
};

/** Stops acting as the customer, and shows how that goes. */
export const end = async (launchId: LaunchId): Promise<void> => {
  await endAndShow(launchId);
};

/** Takes what the worker answered about a session, or says why it did not. */
const take = (answer: Outcome<LaunchStatus>): void => {
  actionProblem.value = answer.ok ? undefined : answer.problem;
  if (answer.ok) {
    takeAnswer(answer.value);
  }
};

/** Takes the agent's word that the customer is in the tab. */
export const confirmLanding = async ({ id }: LaunchStatus): Promise<void> =>
  take(await ask<typeof confirmLanded>('confirm_landed', { launchId: id }));

/** Opens the app of a session again whose tab was closed. */
export const openAgain = async ({ id }: LaunchStatus): Promise<void> =>
  take(await ask<typeof reopenSession>('reopen_session', { launchId: id }));

/** Shows that the tab of a session is closed. Nothing else of it is changed: it may have ended in the meantime. */
const showTabClosed = (id: LaunchId): void => {
  const current = snapshot.value;
  if (!current) {
    return;
  }
  const { launch, sessions } = current;
  const withTab = (session: LaunchStatus): LaunchStatus =>
    session.id === id ? { ...session, tab: 'closed' } : session;
  snapshot.value = {
    ...current,
    sessions: sessions.map(withTab),
    ...(launch && { launch: withTab(launch) }),
  };
};

/** Brings the tab of a session to the front; a tab that turns out to be closed is shown as such. */
export const focusTab = async ({ id }: LaunchStatus): Promise<void> => {
  const answer = await ask<typeof focusSession>('focus_session', { launchId: id });
  if (answer.ok && !answer.value.focused) {
    showTabClosed(id);
  }
};
