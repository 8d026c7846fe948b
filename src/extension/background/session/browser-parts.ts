import { browserContentScripts } from '../../browser/content-scripts.ts';
import { browserHistory } from '../../browser/history.ts';
import { browserLoginCookies } from '../../browser/login-cookies.ts';
import { browserMinuteAlarm } from '../../browser/minute-alarm.ts';
import { browserPanel } from '../../browser/panel.ts';
import { extensionId, onMessage } from '../../browser/runtime.ts';
import { hasHostPermission, onPermissionAdded } from '../../browser/site-access.ts';
import { browserTabGroups } from '../../browser/tab-groups.ts';
import { browserTabs } from '../../browser/tabs.ts';
import { browserToolbar } from '../../browser/toolbar.ts';

/** What a session's life needs of the running browser. */
export const browserSessionParts = {
  tabs: browserTabs,
  cookies: browserLoginCookies,
  tabGroups: browserTabGroups,
  history: browserHistory,
  toolbar: browserToolbar,
  alarm: browserMinuteAlarm,
  contentScripts: browserContentScripts,
  onMessage,
  openPanel: browserPanel.open,
  ownId: extensionId(),
  hasHostPermission,
  onPermissionAdded,
};
