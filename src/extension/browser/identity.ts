import browser from 'webextension-polyfill';

/** The browser's window for signing in at an identity provider. */
export type Identity = {
  /** The URL that ends a flow; the browser catches it, no server has it. */
  readonly redirectUrl: (path: string) => string;
  /**
   * Opens `url` and gives the full redirect URL at which the flow ended.
   * @throws when the window was closed, or a page would need the agent and `interactive` is false
   */
  readonly launchWebAuthFlow: (flow: { url: string; interactive: boolean }) => Promise<string>;
};

/** {@link Identity} of the running browser. */
export const browserIdentity: Identity = {
  redirectUrl: (path) => browser.identity.getRedirectURL(path),
  launchWebAuthFlow: (flow) => browser.identity.launchWebAuthFlow(flow),
};
