import type { LaunchActor, PostLoginEvent } from './event.ts';
import type { AppSuites } from './settings.ts';

/**
 * Says why a session made by a launch may not be used here, or `undefined` when it may: only in the app
 * and organization that were asked for, in the ledger's words, and in the apps declared as opened along
 * with that app.
 */
export const redemptionReason = (
  event: Pick<PostLoginEvent, 'client' | 'organization'>,
  actor: LaunchActor,
  alsoOpens: AppSuites,
): string | undefined => {
  const app = typeof actor.app === 'string' ? actor.app : '';
  const opened = Object.hasOwn(alsoOpens, app) ? (alsoOpens[app] ?? []) : [];
  if (![app, ...opened].includes(event.client.client_id)) {
    return 'This launch is for another app.';
  }
  if (event.organization?.id !== actor.org) {
    return 'This launch is for another organization.';
  }
  return undefined;
};
