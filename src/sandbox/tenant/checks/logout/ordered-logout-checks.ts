import { clientKnown } from './client-known.ts';
import { clientMatchesHint } from './client-matches-hint.ts';
import { hintIsOurs } from './hint-is-ours.ts';
import { hintsAgree } from './hints-agree.ts';
import type { LogoutCheck } from './logout-check.ts';
import { redirectAllowed } from './redirect-allowed.ts';

/** Who asks, about which session, and where to go then. */
export const orderedLogoutChecks: readonly LogoutCheck[] = [
  hintIsOurs,
  clientKnown,
  clientMatchesHint,
  hintsAgree,
  redirectAllowed,
];
