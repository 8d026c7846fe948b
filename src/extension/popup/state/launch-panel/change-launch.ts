import type { cancelLaunch } from '../../../messages/launch/cancel-launch.ts';
import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { ask } from '../../../messages/wire/ask.ts';
import { dismiss, showProblem } from '../launch/launch-action.ts';
import { changeDraft, draft } from '../state.ts';
import { cancelledLaunch, draftOf, showBegun } from './launch-draft.ts';

/** Goes back to the panel with what the launch was asked for, to ask for something else. */
export const revise = async (launched: LaunchStatus): Promise<void> => {
  draft.value = draftOf(launched);
  changeDraft({});
  await dismiss(launched.id);
};

/** Stops a launch and goes back to the panel. A launch whose tab has opened in the meantime is shown instead. */
export const cancel = async (launching: LaunchStatus): Promise<void> => {
  cancelledLaunch.value = launching.id;
  const answer = await ask<typeof cancelLaunch>('cancel_launch', { id: launching.id });
  if (answer.ok && answer.value.standing === 'over') {
    await revise(launching);
    return;
  }
  cancelledLaunch.value = undefined;
  if (answer.ok) {
    showBegun(answer.value);
  } else {
    await showProblem(launching.id, answer.problem);
  }
};
