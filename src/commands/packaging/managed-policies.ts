import type { ManagedSettings } from '../../extension/messages/set-up/managed-settings.ts';

/** What a company's policy says about its extension. */
export type ManagedInstall = {
  readonly chromeId: string;
  readonly firefoxId: string;
  /** The folder on the company's server that the packages are put into, without a slash at the end. */
  readonly baseUrl: string;
  /** What the extension is set to, the company's backend among it. */
  readonly settings: ManagedSettings;
};

/**
 * Files that install the extension, pin its icon and set what agents cannot change, for Chrome, Edge and Firefox.
 * @see Chrome Enterprise "ExtensionSettings"; Microsoft Edge "ExtensionSettings"; Mozilla "policies.json"
 */
export const managedPolicies = ({ chromeId, firefoxId, baseUrl, settings }: ManagedInstall) => {
  const forced = { installation_mode: 'force_installed', update_url: `${baseUrl}/update.xml` };
  return {
    chrome: {
      ExtensionSettings: { [chromeId]: { ...forced, toolbar_pin: 'force_pinned' } },
      '3rdparty': { extensions: { [chromeId]: settings } },
    },
    edge: {
      ExtensionSettings: { [chromeId]: { ...forced, toolbar_state: 'force_shown' } },
      '3rdparty': { extensions: { [chromeId]: settings } },
    },
    firefox: {
      policies: {
        ExtensionSettings: {
          [firefoxId]: {
            installation_mode: 'force_installed',
            install_url: `${baseUrl}/understudy-firefox.xpi`,
            default_area: 'navbar',
            private_browsing: true,
          },
        },
        '3rdparty': { Extensions: { [firefoxId]: settings } },
      },
    },
  };
};
