import type { Page } from 'playwright';
import type { LaunchStatus } from '../../../src/extension/messages/launch/launch-status.ts';
import type { Snapshot } from '../../../src/extension/messages/snapshot.ts';
import type { Outcome } from '../../../src/extension/messages/wire/outcome.ts';

/** Sends a message as the popup does and gives the worker's answer. */
export const askWorker = <Value>(popup: Page, name: string, request: object = {}): Promise<Value> =>
  popup.evaluate(
    async ([sent, content]) => {
      const answer: Outcome<Value> = await chrome.runtime.sendMessage({
        name: sent,
        request: content,
      });
      if (!answer.ok) {
        throw new Error(`The worker refused: ${answer.problem.code}`);
      }
      return answer.value;
    },
    [name, request] as const,
  );

/** What the views are shown. */
export const snapshotOf = (popup: Page): Promise<Snapshot> => askWorker(popup, 'get_snapshot');

/** What each listed session is to the agent. */
export const standingsIn = async (popup: Page): Promise<readonly LaunchStatus['standing'][]> =>
  (await snapshotOf(popup)).sessions.map(({ standing }) => standing);

/**
 * Ends a session as another view of the extension does. The popup shows an end of the newest launch that is under way,
 * whoever asked for it, instead of anything else: it is then led back to where it was.
 */
export const endElsewhere = async (popup: Page, launchId: string): Promise<LaunchStatus> => {
  const { launch } = await snapshotOf(popup);
  const ended = await askWorker<LaunchStatus>(popup, 'end_session', { launchId });
  if (launch?.id === launchId) {
    await popup.getByRole('button', { name: 'Done' }).click();
  }
  return ended;
};
