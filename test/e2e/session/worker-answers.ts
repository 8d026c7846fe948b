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
