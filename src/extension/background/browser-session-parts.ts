import { browserLoginCookies } from '../browser/login-cookies.ts';
import { browserMinuteAlarm } from '../browser/minute-alarm.ts';
import { hasHostPermission, onPermissionAdded } from '../browser/permissions.ts';
import { browserTabs } from '../browser/tabs.ts';
import { browserToolbar } from '../browser/toolbar.ts';

/** What a session's life needs of the running browser. */
export const browserSessionParts = {
  tabs: browserTabs,
  cookies: browserLoginCookies,
  toolbar: browserToolbar,
  alarm: browserMinuteAlarm,
  hasHostPermission,
  onPermissionAdded,
};
