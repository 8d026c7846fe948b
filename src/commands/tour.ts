import { mkdirSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright';
import type { ExtensionBrowser } from './extension-browser.ts';
import { inRepository } from './repository.ts';
import type { Endpoints } from './sandbox-process.ts';

/** One step of the tour with the time that it took. */
export type TourStep = { readonly name: string; readonly milliseconds: number };

/** What the tour saw at its end. */
export type TourResult = {
  readonly steps: readonly TourStep[];
  readonly customer: string;
  /** The `act` claim as the target app shows it. */
  readonly act: unknown;
};

const ARTIFACTS = inRepository('artifacts');
const POPUP_WIDTH = 400;
const POPUP_HEIGHT = 600;

/** Opens one of the extension's pages in a tab of the popup's size. */
const openView = async (context: BrowserContext, id: string, view: string): Promise<Page> => {
  const page = await context.newPage();
  await page.setViewportSize({ width: POPUP_WIDTH, height: POPUP_HEIGHT });
  await page.goto(`chrome-extension://${id}/src/extension/${view}/index.html`);
  return page;
};

/**
 * Does what an agent does, in a real browser with the built extension: point it at the backend, sign
 * in, search, launch, land, wait for the tenant's log, end. Leaves a screenshot of each step in `artifacts/`.
 * @throws when a step does not come to its end.
 */
export const runTour = async (
  { context }: ExtensionBrowser,
  endpoints: Endpoints,
): Promise<TourResult> => {
  mkdirSync(ARTIFACTS, { recursive: true });
  const { accounts, extension, backend } = endpoints;
  const [app] = endpoints.targetApps;
  if (!app) {
    throw new Error('The sandbox has no target app.');
  }
  const steps: TourStep[] = [];
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const from = performance.now();
    const result = await work();
    steps.push({ name, milliseconds: Math.round(performance.now() - from) });
    return result;
  };
  let pictures = 0;
  const picture = async (page: Page, name: string) => {
    pictures += 1;
    // The pointer rests where it clicked last, and what is below it would be drawn as hovered.
    await page.mouse.move(0, 0);
    return page.screenshot({ path: `${ARTIFACTS}/${pictures}-${name}.png` });
  };

  await step('Point the extension at the backend', async () => {
    const options = await openView(context, extension.id, 'options');
    await options.setViewportSize({ width: 900, height: 800 });
    await options.getByLabel('Backend address').fill(backend);
    await options.getByRole('button', { name: 'Save' }).click();
    await options
      .getByRole('status')
      .filter({ hasText: /^Saved/ })
      .waitFor();
    await picture(options, 'options');
    await options.close();
  });

  const popup = await openView(context, extension.id, 'popup');
  const search = popup.getByRole('combobox', { name: 'Find a customer' });
  await step('Sign in', async () => {
    const opened = context.waitForEvent('page');
    await popup.getByRole('button', { name: 'Sign in' }).click();
    const login = await opened;
    await login.locator('[name=username]').fill(accounts.agent.email);
    await login.locator('[name=password]').fill(accounts.agent.password);
    await picture(login, 'sign-in');
    // The window closes as soon as the sign-in is through, which may be before the key press is reported.
    await login
      .locator('[name=password]')
      .press('Enter')
      .catch(() => undefined);
    const decline = popup.getByRole('button', { name: 'No, don’t ask again' });
    await decline.waitFor();
    await picture(popup, 'set-up');
    await decline.click();
    await search.waitFor();
  });

  await step('Search', async () => {
    await search.fill(accounts.customer.name.slice(0, 6));
    await popup.getByRole('option', { name: accounts.customer.name }).waitFor();
    await picture(popup, 'search');
    await search.press('ArrowDown');
    await search.press('Enter');
    await popup.getByRole('radiogroup', { name: 'Target app' }).waitFor();
  });

  const tab = await step('Launch', async () => {
    await popup.getByRole('radio', { name: app.name }).check();
    await popup.getByLabel('Reason').fill('Invoice 4711 is missing in the account');
    await picture(popup, 'launch-panel');
    const opened = context.waitForEvent('page');
    await popup.getByLabel('Reason').press('Control+Enter');
    return opened;
  });

  const act: unknown = await step('Land', async () => {
    await tab.getByTestId('user').filter({ hasText: accounts.customer.name }).waitFor();
    await tab.setViewportSize({ width: 860, height: 720 });
    await picture(tab, 'target-app');
    return JSON.parse((await tab.getByTestId('act').textContent()) ?? '');
  });

  await step("Confirm in the tenant's log", async () => {
    await popup.bringToFront();
    await popup.getByText(/^Confirmed/).waitFor();
    await picture(popup, 'launched');
  });

  await step('End the session', async () => {
    await popup.getByRole('button', { name: 'End session' }).first().click();
    await popup.getByText('Session ended').waitFor();
    await picture(popup, 'ended');
    await tab.getByRole('link', { name: 'Sign in' }).waitFor();
  });

  return { steps, customer: accounts.customer.name, act };
};
