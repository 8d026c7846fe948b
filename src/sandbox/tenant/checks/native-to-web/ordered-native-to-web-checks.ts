import { methodAllowed } from './method-allowed.ts';
import type { NativeToWebCheck } from './native-to-web-check.ts';
import { notADelegation } from './not-a-delegation.ts';
import { organizationMatches } from './organization-matches.ts';
import { parentAlive } from './parent-alive.ts';
import { sameDevice } from './same-device.ts';
import { tokenFresh } from './token-fresh.ts';
import { userAvailable } from './user-available.ts';

/** First the token, then the app, then the browser, then the person. */
export const orderedNativeToWebChecks: readonly NativeToWebCheck[] = [
  tokenFresh,
  notADelegation,
  methodAllowed,
  sameDevice,
  parentAlive,
  userAvailable,
  organizationMatches,
];
