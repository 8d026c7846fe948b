import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import { TEST_EXTENSION } from '../built-for-tests.ts';
import { type Firefox, openFirefox } from './firefox.ts';

/** Where things are, as XPath. */
export const SEARCH = '//input[@id="search"]';
export const button = (name: string): string => `//button[normalize-space()="${name}"]`;
export const text = (part: string): string => `//*[contains(text(), "${part}")]`;
const REASON = '//textarea[@id="reason"]';
/** Where the list of active sessions says that the tenant's log confirmed one. */
export const LISTED_AS_CONFIRMED =
  '//ul[@aria-labelledby="active-sessions"]//*[text()="confirmed"]';
/** Where the panel says that the extension saw a launch land, and that the tenant's log confirmed it. */
export const CONFIRMED_AND_SEEN = text('The app opened, and Auth0 confirmed who is signed in.');
/** Where a target app says who is signed in. */
export const USER = '//*[@data-testid="user"]';

/** The Enter key. @see W3C WebDriver §17.4.2 */
export const ENTER = '\uE007';

/** Opens Firefox with the built extension. */
export const openBuiltExtension = (): Promise<Firefox> => openFirefox(TEST_EXTENSION.firefox);

/** Saves the backend's address in the options page, and allows the extension the backend and the tenant. */
export const pointAtBackend = async (firefox: Firefox, endpoints: Endpoints): Promise<void> => {
  await firefox.open(`${firefox.extensionUrl}src/extension/options/index.html`);
  await firefox.type('//input[@id="backend"]', endpoints.backend);
  await firefox.click(button('Save'));
  await firefox.waitFor(text('Saved.'));
  await firefox.click(`//button[starts-with(normalize-space(), "Allow access to")]`);
};

/** Signs the agent in; gives the tab that shows the panel. */
export const signInAsAgent = async (firefox: Firefox, { accounts }: Endpoints): Promise<string> => {
  await firefox.open(`${firefox.extensionUrl}src/extension/popup/index.html`);
  const panel = (await firefox.windows())[0] ?? '';
  await firefox.followTo(() => firefox.click(button('Sign in')));
  await firefox.type('//input[@name="username"]', accounts.agent.email);
  await firefox.type('//input[@name="password"]', accounts.agent.password + ENTER);
  await firefox.switchTo(panel);
  await firefox.click(button('No, don’t ask again'));
  await firefox.waitFor(SEARCH);
  return panel;
};

/** Gives one of the optional accesses in the options page, then shows the panel again. */
export const allowInOptions = async (
  firefox: Firefox,
  panel: string,
  access: 'Pages of your apps' | 'History',
): Promise<void> => {
  await firefox.switchTo(panel);
  await firefox.open(`${firefox.extensionUrl}src/extension/options/index.html`);
  await firefox.click(`//dt[normalize-space()="${access}"]/following-sibling::dd//button`);
  await firefox.waitFor(button('Remove access'));
  await firefox.open(`${firefox.extensionUrl}src/extension/popup/index.html`);
};

/** Opens Firefox with the agent signed in; gives it with the tab that shows the panel. */
export const openAsAgent = async (
  endpoints: Endpoints,
): Promise<{ readonly firefox: Firefox; readonly panel: string }> => {
  const firefox = await openBuiltExtension();
  try {
    await pointAtBackend(firefox, endpoints);
    return { firefox, panel: await signInAsAgent(firefox, endpoints) };
  } catch (error) {
    await firefox.close();
    throw error;
  }
};

/** Searches for a customer in the panel and takes the result of that name. */
export const chooseCustomer = async (
  firefox: Firefox,
  name: string,
  searched = name,
): Promise<void> => {
  await firefox.type(SEARCH, searched);
  await firefox.waitFor(`//*[@role="option"]${text(name)}`);
  await firefox.type(SEARCH, ENTER);
};

/** Gives a reason and launches; goes on in the tab that opens, and gives it. */
export const launchWithReason = async (firefox: Firefox): Promise<string> => {
  await firefox.type(REASON, 'Cannot see the invoice');
  return firefox.followTo(() => firefox.type(REASON, ENTER));
};
