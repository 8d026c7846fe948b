const SCRIPT = '/redirect-worker.js';

/** Only requests below it reach the worker: no page of the extension is there. */
export const REDIRECT_SCOPE = '/launch/';

/** Firefox runs the extension's worker as a page, and there is no use for the redirect. */
const isUseful = (): Promise<boolean> =>
  'service_worker' in (chrome.runtime.getManifest().background ?? {})
    ? chrome.permissions.contains({ permissions: ['history'] })
    : Promise.resolve(false);

/**
 * Registers the worker that answers one-time redirects, where the agent allowed access to the history; a browser
 * keeps the registration over restarts. Only a page can register one, so views do it, and each launch is
 * asked for in a view.
 */
export const registerRedirectWorker = async (): Promise<void> => {
  if (await isUseful()) {
    await navigator.serviceWorker.register(SCRIPT, { scope: REDIRECT_SCOPE });
  }
};
