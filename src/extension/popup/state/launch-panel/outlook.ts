import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import type {
  LaunchOutlook,
  PreviewRequestMessage,
  previewLaunch,
} from '../../../messages/launch/preview-launch.ts';
import { ask } from '../../../messages/wire/ask.ts';
import { createCell } from '../cell.ts';
import { snapshot } from '../state.ts';

/** What the launch that the panel describes would need and end. Empty until the worker has answered. */
export const outlook = createCell<LaunchOutlook | undefined>(undefined);

/** A session as it is by now; `undefined` once it is over. One from before a restart is known by the answer alone. */
const current = (session: LaunchStatus): LaunchStatus | undefined => {
  const { sessions = [], leftovers = [] } = snapshot.value ?? {};
  const isLeftover = leftovers.some(({ launchId }) => launchId === session.id);
  return sessions.find(({ id }) => id === session.id) ?? (isLeftover ? session : undefined);
};

/**
 * Gives the sessions that the launch would meet as they are by now: since the worker answered, one may have ended, or
 * its tab been closed. Nobody is sent to the tab of a session that is being ended.
 */
export const sessionsInTheWay = (): Pick<LaunchOutlook, 'inTheWay' | 'sameApp'> => {
  const { inTheWay = [], sameApp } = outlook.value ?? {};
  const same = sameApp && current(sameApp);
  return {
    inTheWay: inTheWay.flatMap((session) => current(session) ?? []),
    ...(same && same.standing !== 'ending' && { sameApp: same }),
  };
};

let latest = 0;

/** Drops the answer about a launch that the panel no longer describes. */
export const forgetOutlook = (): void => {
  latest += 1;
  outlook.value = undefined;
};

/**
 * Names the sessions that are known, with what each is to the agent. Where this changes, a launch may end other
 * sessions than before.
 */
export const knownSessions = (): string =>
  (snapshot.value?.sessions ?? []).map(({ id, standing }) => `${id} ${standing}`).join();

/**
 * Asks what a launch would need and end; what was said before stays until the answer is there. Reason and ticket are
 * left out, so that `needs` tells whether they are wanted at all, and so that no key press costs one of the previews
 * that the backend allows.
 */
export const lookAhead = async (request: PreviewRequestMessage): Promise<void> => {
  latest += 1;
  const mine = latest;
  const answer = await ask<typeof previewLaunch>('preview_launch', request);
  // An answer about another customer or app would show the wrong needs.
  if (mine === latest) {
    outlook.value = answer.ok ? answer.value : undefined;
  }
};
