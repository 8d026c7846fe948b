import { browserCommands } from '../browser/commands.ts';
import { browserContainers } from '../browser/containers.ts';
import { browserContentScripts } from '../browser/content-scripts.ts';
import { browserContextMenus } from '../browser/context-menus.ts';
import { browserHistory } from '../browser/history.ts';
import { browserLoginCookies } from '../browser/login-cookies.ts';
import { browserMinuteAlarm } from '../browser/minute-alarm.ts';
import { browserOmnibox } from '../browser/omnibox.ts';
import { browserPanel } from '../browser/panel.ts';
import { extensionBaseUrl, extensionId, openOptionsPage } from '../browser/runtime.ts';
import { hasHostPermission, onPermissionAdded } from '../browser/site-access.ts';
import { localStorageArea, onKeysChanged, sessionStorageArea } from '../browser/storage.ts';
import { browserTabGroups } from '../browser/tab-groups.ts';
import { browserTabs } from '../browser/tabs.ts';
import { browserToolbar } from '../browser/toolbar.ts';
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
