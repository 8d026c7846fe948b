import type { LaunchId } from '../../../../contract/ids.ts';
import type { LaunchPreview } from '../../../../contract/launch-preview.ts';
import type { Draft } from '../../../messages/launch/draft.ts';
import { EMPTY_DRAFT } from '../../../messages/launch/empty-draft.ts';
import type { launch } from '../../../messages/launch/launch.ts';
import type { LaunchStatus, OpenIn } from '../../../messages/launch/launch-status.ts';
import { newLaunchId } from '../../../messages/launch/new-launch-id.ts';
import { ask } from '../../../messages/wire/ask.ts';
import { createCell } from '../cell.ts';
import { actionProblem, dismiss, endAndShow, showProblem } from '../launch/launch-action.ts';
import { searchFor } from '../search.ts';
import { chosenOpenIn, draft, followedLaunch, showLaunch } from '../state.ts';

// The search, which the popup draws first, starts no launch: this file is loaded after it was drawn.

/** True from the confirmation until the worker answered; a second Enter in between does nothing. */
export const launchSent = createCell(false);

/** What a launch changes of the panel's draft because somebody is signed in on the login domain already. */
type Way = { readonly openIn?: OpenIn; readonly clearLoginDomain?: true };

/** The launch that the agent has cancelled. The answer to its message is ignored. */
export const cancelledLaunch = createCell<LaunchId | undefined>(undefined);

/**
 * Shows how a launch goes. One that began is cleared from the panel, unless the agent has chosen somebody else there
 * since.
 */
export const showBegun = (launch: LaunchStatus): void => {
  showLaunch(launch);
  const { customerId, targetAppId } = draft.value;
  const isInPanel = customerId === launch.customerId && targetAppId === launch.targetAppId;
  if (isInPanel && launch.problem === undefined) {
    draft.value = EMPTY_DRAFT;
    searchFor('');
  }
};

/**
 * Sends a draft as one launch with an id of its own. `preview` is what the backend said of this very launch; without
 * it, a fresh sign-in that the launch needs begins only once the backend has asked for it.
 */
export const launchDraft = async (
  asked: Draft,
  preview: LaunchPreview | undefined,
  way: Way = {},
): Promise<void> => {
  const { customerId, targetAppId, organizationId, reason, ticket } = asked;
  if (launchSent.value || customerId === undefined || targetAppId === undefined) {
    return;
  }
  const { grant, stepUp, needs = [] } = preview ?? {};
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
    openIn: chosenOpenIn(asked),
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
  showBegun(answer.value);
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
  const asked = draftOf(launched);
  draft.value = asked;
  await dismiss(launched.id);
  // Not what the panel holds by now: the agent may have pointed at somebody else since.
  await launchDraft(asked, undefined, way);
};

/** Signs out of what a launch may have opened, then launches the same again. */
export const signOutAndRetry = async (session: LaunchStatus): Promise<void> => {
  if (await endAndShow(session.id)) {
    await relaunch(session, { clearLoginDomain: true });
  }
};
