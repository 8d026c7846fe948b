import type { Page } from 'playwright';
import type { Desk } from './desk.ts';

/** Which page of which app the browser shows after a launch, and as whom. */
export type Landed = { readonly tab: Page; readonly user: string };

/** What the panel shows and where its focus is, for a test that fails. */
const describePanel = async (panel: Page): Promise<string> =>
  panel
    .evaluate(
      () => `${document.activeElement?.outerHTML.slice(0, 120)}\n${document.body.innerText}`,
    )
    .catch(() => 'closed');

/** Presses what launches. The tab that opens takes the focus, so the panel may close before the key press is reported. */
export const pressToLaunch = (panel: Page, keys: string): Promise<void> =>
  panel.keyboard.press(keys).catch(() => undefined);

/**
 * Confirms what the panel offers, as an agent does, with a reason and Enter, and waits until the app
 * says whom it takes the browser for.
 */
export const confirmLaunch = async (desk: Desk, panel: Page): Promise<Landed> => {
  const opened = desk.context.waitForEvent('page').catch(async (cause: unknown) => {
    throw new Error(`No tab opened. The panel: ${await describePanel(panel)}`, { cause });
  });
  await panel.getByLabel('Reason').fill('Cannot see the invoice');
  await pressToLaunch(panel, 'Enter');
  const tab = await opened;
  const user = tab.getByTestId('user');
  await user.waitFor();
  return { tab, user: (await user.textContent()) ?? '' };
};

/** How many launches the extension ever asked for in this browser session. */
export const launchCount = async (desk: Desk): Promise<number> => {
  const worker = await desk.worker();
  const { launches = [], finalLaunches = [] } = await worker.evaluate(() =>
    chrome.storage.session.get<{ launches?: unknown[]; finalLaunches?: unknown[] }>([
      'launches',
      'finalLaunches',
    ]),
  );
  return launches.length + finalLaunches.length;
};
