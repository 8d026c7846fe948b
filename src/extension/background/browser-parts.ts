import { browserContentScripts } from '../browser/content-scripts.ts';
import { browserCommands } from '../browser/entry-points/commands.ts';
import { browserContextMenus } from '../browser/entry-points/context-menus.ts';
import { browserOmnibox } from '../browser/entry-points/omnibox.ts';
import { browserPanel } from '../browser/entry-points/panel.ts';
import { browserToolbar } from '../browser/entry-points/toolbar.ts';
import { browserMinuteAlarm } from '../browser/minute-alarm.ts';
import { extensionBaseUrl, extensionId, openOptionsPage } from '../browser/runtime.ts';
import { hasHostPermission, onPermissionAdded } from '../browser/site-access.ts';
import { localStorageArea, onKeysChanged, sessionStorageArea } from '../browser/storage.ts';
import { browserContainers } from '../browser/tabs/containers.ts';
import { browserHistory } from '../browser/tabs/history.ts';
import { browserLoginCookies } from '../browser/tabs/login-cookies.ts';
import { browserTabGroups } from '../browser/tabs/tab-groups.ts';
import { browserTabs } from '../browser/tabs/tabs.ts';
import { rememberReads } from './storage/remembered-reads.ts';

/** The running browser and its clock, as the worker's parts take them. */
export const browserParts = {
  session: rememberReads(sessionStorageArea, onKeysChanged('session')),
  local: rememberReads(localStorageArea, onKeysChanged('local')),
  tabs: browserTabs,
  cookies: browserLoginCookies,
  containers: browserContainers,
  tabGroups: browserTabGroups,
  history: browserHistory,
  toolbar: browserToolbar,
  alarm: browserMinuteAlarm,
  contentScripts: browserContentScripts,
  menus: browserContextMenus,
  commands: browserCommands,
  omnibox: browserOmnibox,
  panel: browserPanel,
  openPanel: browserPanel.open,
  ownId: extensionId(),
  own: { id: extensionId(), baseUrl: extensionBaseUrl() },
  openOptionsPage,
  hasHostPermission,
  onPermissionAdded,
  now: (): number => Date.now(),
  delay: (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
