import type { LaunchId } from '../../../contract/ids.ts';
import { ask } from '../../messages/ask.ts';
import type { confirmLanded } from '../../messages/confirm-landed.ts';
import type { dismissLaunch } from '../../messages/dismiss-launch.ts';
import type { Draft } from '../../messages/draft.ts';
import { EMPTY_DRAFT } from '../../messages/empty-draft.ts';
import type { endSession } from '../../messages/end-session.ts';
import type { focusSession } from '../../messages/focus-session.ts';
import type { launch } from '../../messages/launch.ts';
import type { LaunchStatus, OpenIn } from '../../messages/launch-status.ts';
import { newLaunchId } from '../../messages/new-launch-id.ts';
import type { Outcome } from '../../messages/outcome.ts';
import type { ProblemReport } from '../../messages/problem.ts';
import type { reopenSession } from '../../messages/reopen-session.ts';
import { createCell } from './cell.ts';
import { outlook } from './outlook.ts';
import { searchFor } from './search.ts';
import {
  chosenOpenIn,
  draft,
  followedLaunch,
  load,
  showLaunch,
  snapshot,
  takeAnswer,
} from './state.ts';

/** True from the confirmation until the worker answered; a second Enter in between does nothing. */
export const launchSent = createCell(false);

/** Why a confirmed launch did not even begin, or ending did not. */
export const actionProblem = createCell<ProblemReport | undefined>(undefined);

/** How a launch differs from what the panel says, because of somebody who is signed in already. */
type Way = { readonly openIn?: OpenIn; readonly clearLoginDomain?: true };

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

/** The launch that the agent has stopped: what its message is answered with is no news any more. */
export const cancelledLaunch = createCell<LaunchId | undefined>(undefined);

/** Sends what the panel holds as one launch with an id of its own. */
export const launchDraft = async (way: Way = {}): Promise<void> => {
  const { customerId, targetAppId, organizationId, reason, ticket } = draft.value;
  if (launchSent.value || customerId === undefined || targetAppId === undefined) {
    return;
  }
  const { grant, stepUp, needs = [] } = outlook.value?.preview ?? {};
  launchSent.value = true;
  actionProblem.value = undefined;
  const id = newLaunchId();
  followedLaunch.value = id;
  const answer = await ask<typeof launch>('launch', {
    id,
    customerId,
    targetAppId,
    ...(organizationId !== undefined && { organizationId }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
    ...(ticket.trim() !== '' && { ticket: ticket.trim() }),
    openIn: chosenOpenIn(),
    ...(grant !== undefined && { grant }),
    ...(stepUp !== undefined && needs.includes('step_up') && { stepUp }),
    ...way,
  });
  launchSent.value = false;
  // A launch may have gone on under another id, after a sign-in that it asked for.
  const cancelled = cancelledLaunch.value;
  if (cancelled === id || (answer.ok && cancelled === answer.value.id)) {
    return;
  }
  if (!answer.ok) {
    await showProblem(id, answer.problem);
    return;
  }
  showLaunch(answer.value);
  if (answer.value.problem === undefined) {
    draft.value = EMPTY_DRAFT;
    searchFor('');
  }
};

/** Puts a settled launch away. */
export const dismiss = async (launchId: LaunchId): Promise<void> => {
  followedLaunch.value = undefined;
  const current = snapshot.value;
  if (current) {
    const { launch: _launch, ...rest } = current;
    snapshot.value = rest;
  }
  await ask<typeof dismissLaunch>('dismiss_launch', { launchId });
};

/** What the panel would hold for the same launch again. */
export const draftOf = ({ customerId, targetAppId, request, openIn }: LaunchStatus): Draft => ({
  ...EMPTY_DRAFT,
  customerId,
  targetAppId,
  ...(request?.organizationId !== undefined && { organizationId: request.organizationId }),
  reason: request?.reason ?? '',
  ticket: request?.ticket ?? '',
  ...(openIn !== undefined && { openIn }),
});

/** Opens the same customer in the same app again, as a new launch. */
export const relaunch = async (launched: LaunchStatus, way: Way = {}): Promise<void> => {
  draft.value = draftOf(launched);
  await dismiss(launched.id);
  await launchDraft(way);
};

/** Stops acting as the customer, and shows how that goes; false where it did not begin. */
const endAndShow = async (launchId: LaunchId): Promise<boolean> => {
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

/** Signs out of what a launch may have opened, then launches the same again. */
export const signOutAndRetry = async (session: LaunchStatus): Promise<void> => {
  if (await endAndShow(session.id)) {
    await relaunch(session, { clearLoginDomain: true });
  }
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

/** Brings the tab of a session to the front; a tab that turns out to be closed is shown as such. */
export const focusTab = async (session: LaunchStatus): Promise<void> => {
  const answer = await ask<typeof focusSession>('focus_session', { launchId: session.id });
  if (answer.ok && !answer.value.focused) {
    takeAnswer({ ...session, tab: 'closed' });
  }
};
