import type { Actor, PostLoginEvent } from './event.ts';

/**
 * Says why a session made by a launch may not be used here, or `undefined` when it may: only the app
 * and organization that were asked for, in the ledger's words, may have it. Actors of other
 * delegation profiles carry no `launch` and are not ours to judge.
 */
export const redemptionReason = (
  event: Pick<PostLoginEvent, 'client' | 'organization'>,
  actor: Actor,
): string | undefined => {
  if (actor.launch === undefined) return undefined;
  if (event.client.client_id !== actor.app) return 'This launch is for another app.';
  if (event.organization?.id !== actor.org) return 'This launch is for another organization.';
  return undefined;
};
