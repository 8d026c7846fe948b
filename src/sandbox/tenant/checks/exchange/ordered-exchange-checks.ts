import { actorTokenIsPaired } from './actor-token-is-paired.ts';
import { actorTokenTypeKnown } from './actor-token-type-known.ts';
import { audienceKnown } from './audience-known.ts';
import { clientIsConfidential } from './client-is-confidential.ts';
import { clientMayCreateSessionTransfer } from './client-may-create-session-transfer.ts';
import { clientMayUseProfile } from './client-may-use-profile.ts';
import type { ExchangeCheck } from './exchange-check.ts';
import { ipNotThrottled } from './ip-not-throttled.ts';
import { organizationKnown } from './organization-known.ts';
import { profileExists } from './profile-exists.ts';
import { subjectTokenPresent } from './subject-token-present.ts';
import { subjectTokenTypeAllowed } from './subject-token-type-allowed.ts';

/** Who asks, then what is asked, then from where: the first refusal is the answer. */
export const orderedExchangeChecks: readonly ExchangeCheck[] = [
  clientIsConfidential,
  subjectTokenPresent,
  subjectTokenTypeAllowed,
  profileExists,
  clientMayUseProfile,
  actorTokenIsPaired,
  actorTokenTypeKnown,
  audienceKnown,
  clientMayCreateSessionTransfer,
  organizationKnown,
  ipNotThrottled,
];
