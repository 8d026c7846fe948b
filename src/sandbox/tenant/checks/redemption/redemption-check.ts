import type { Caller, TenantContext } from '../../context.ts';
import type { Session, SessionTransferToken } from '../../memory.ts';
import type { TenantUser } from '../../model.ts';
import type { AuthorizationRequest } from '../authorize/authorization-request.ts';

/** A delegation's session transfer token presented at `/authorize`. */
export type Redemption = {
  context: TenantContext;
  caller: Caller;
  request: AuthorizationRequest;
  token: SessionTransferToken;
  /** Whether the token had been presented before. */
  wasUsed: boolean;
  /** The customer that it is for, when they still exist. */
  user: TenantUser | undefined;
  /** The session that this browser already has on this domain. */
  existing: Session | undefined;
};

/** How a refused redemption is answered and logged. */
export type RedemptionRefusal = {
  answer: 'error_page' | 'redirect' | 'login_page';
  error: string;
  /** The cause in a word, for the log. */
  type: string;
  description: string;
  status: 400 | 403;
  /** What the log says in a warning, `w`; without one it says `f`, a failed login. */
  warning?: string;
  /** The warning about a client's configuration is documented, however little the log tells else. */
  alwaysLogged?: true;
};

/** One rule of redemption. */
export type RedemptionCheck = (redemption: Redemption) => RedemptionRefusal | undefined;

/** The refusal of a token that is no good, in the answer and the log entry that this tenant chose. */
export const unusableToken = (
  { choices }: TenantContext,
  type: string,
  description: string,
  warning: string,
): RedemptionRefusal => ({
  answer: choices.unusableDelegationToken,
  error: 'invalid_request',
  type,
  description,
  status: 400,
  ...(choices.refusedRedemptionLogType === 'w' && { warning }),
});

/** The refusal of a good token that configuration forbids, in the answer that this tenant chose. */
export const refusedDelegation = (
  context: TenantContext,
  error: string,
  type: string,
  description: string,
): RedemptionRefusal => ({
  answer: context.choices.refusedDelegation,
  error,
  type,
  description,
  status: 403,
});
