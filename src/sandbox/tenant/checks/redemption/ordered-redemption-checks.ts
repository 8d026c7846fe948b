import { connectionEnabled } from './connection-enabled.ts';
import { customerAvailable } from './customer-available.ts';
import { delegationAllowed } from './delegation-allowed.ts';
import { domainAllowed } from './domain-allowed.ts';
import { noExistingSession } from './no-existing-session.ts';
import { noInteractionNeeded } from './no-interaction-needed.ts';
import { organizationAccepted } from './organization-accepted.ts';
import { queryAllowed } from './query-allowed.ts';
import type { RedemptionCheck } from './redemption-check.ts';
import { redirectNotLoopback } from './redirect-not-loopback.ts';
import { sameIp } from './same-ip.ts';
import { tokenUnexpired } from './token-unexpired.ts';
import { tokenUnused } from './token-unused.ts';

/** First the token, then the app, then the browser, then the customer; the Action comes last. */
export const orderedRedemptionChecks: readonly RedemptionCheck[] = [
  tokenUnused,
  tokenUnexpired,
  queryAllowed,
  delegationAllowed,
  domainAllowed,
  sameIp,
  noExistingSession,
  redirectNotLoopback,
  customerAvailable,
  connectionEnabled,
  organizationAccepted,
  noInteractionNeeded,
];
