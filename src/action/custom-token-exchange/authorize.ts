import { refuseActorToken } from './actor-token.ts';
import type { TokenExchangeEvent } from './event.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Settings } from './settings.ts';
import { type SubjectClaims, verifySubjectToken } from './subject-token.ts';

/**
 * Remembers launches that were already exchanged. Best effort: Auth0 may drop an Action's cache at any
 * time and does not share it between its servers. That one launch id yields one token at most is
 * guaranteed by the backend, which claims the id in its ledger first.
 */
export type SeenLaunches = { readonly has: (launchId: string) => boolean };

/**
 * Repeats the backend's authorization from what only Auth0 knows: a stolen client secret, signing key
 * or actor token alone is not enough. Gives the verified subject claims, or the first refusal.
 */
export const authorizeExchange = async (
  event: TokenExchangeEvent,
  settings: Settings,
  seen: SeenLaunches,
  now: Date,
): Promise<SubjectClaims | Refusal> => {
  if (event.resource_server?.identifier !== settings.exchangeAudience) {
    return refuse('invalid_target', 'This profile gives session transfer tokens only.');
  }
  if (event.client.client_id !== settings.requestingClientId) {
    return refuse('unauthorized_client', 'This application may not act for agents.');
  }
  const subject = await verifySubjectToken(event.transaction.subject_token, settings.subject, now);
  if ('refused' in subject) {
    return subject;
  }
  const { actor_token, actor_token_type, actor_token_user } = event.transaction;
  const actorRefusal = refuseActorToken(
    { token: actor_token, tokenType: actor_token_type, userId: actor_token_user?.user_id },
    subject,
    settings.actor,
    now,
  );
  if (actorRefusal) {
    return actorRefusal;
  }
  if (!settings.customerConnections.includes(subject.connection)) {
    return refuse('customer_protected', 'This account is not a customer account.');
  }
  if (subject.sub === subject.may_act.sub) {
    return refuse('customer_protected', 'Nobody may act as themselves.');
  }
  if (event.organization?.id !== subject.org) {
    return refuse(
      'organization_mismatch',
      'The request names another organization than the launch.',
    );
  }
  if (seen.has(subject.jti)) {
    return refuse('subject_token_reused', 'This launch was already exchanged.');
  }
  return subject;
};
