import type { Page } from 'playwright';

/** As long as the longest end may take on a busy machine. */
const PATIENCE_MILLISECONDS = 60_000;

/**
 * Presses Escape until the popup is back at an empty search: each press goes one step, once the step before is done.
 * A popup that shows something under way takes no step until that is over.
 */
export const backToSearch = async (popup: Page): Promise<void> => {
  const search = popup.getByRole('combobox', { name: 'Find a customer' });
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  const isEmptied = async (): Promise<boolean> =>
    (await search.isVisible()) &&
    (await search.fill('', { timeout: 2_000 }).then(
      () => true,
      () => false,
    ));
  while (!(await isEmptied())) {
    if (Date.now() > deadline) {
      throw new Error(`No way back to the search from: ${await popup.locator('body').innerText()}`);
    }
    await popup.keyboard.press('Escape');
    await search.waitFor({ timeout: 500 }).catch(() => undefined);
  }
};
