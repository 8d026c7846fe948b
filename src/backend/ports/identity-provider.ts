import type { AgentId, LaunchId, OrganizationId, TargetAppId } from '../../contract/ids.ts';
import type { Refusal } from '../refusal.ts';
import type { Agent } from './agent.ts';
import type { LoadedCustomer } from './customer-directory.ts';
import type { SessionTerms } from './session-terms.ts';

/** What a session transfer token is asked for with. */
export type ExchangeRequest = {
  readonly launchId: LaunchId;
  readonly agentId: AgentId;
  readonly actorToken: VerifiedActorToken;
  /** The address of the agent's browser: the token redeems from there only. */
  readonly agentIp: string;
  readonly customer: Pick<LoadedCustomer, 'id' | 'connection' | 'identityUserId'>;
  readonly targetAppId: TargetAppId;
  readonly organizationId?: OrganizationId;
  readonly terms: SessionTerms;
};

export type SessionTransferToken = {
  readonly token: string;
  readonly expiresInSeconds: number;
};

/** An ID token that was found to be a fresh proof of the agent's identity. */
export type VerifiedActorToken = string & { readonly __brand: 'VerifiedActorToken' };

/**
 * The tenant, as far as tokens go. What it answers with a "no" is a {@link Refusal}.
 * @throws {TenantUnavailableError} from every method, when it does not answer.
 */
export type IdentityProvider = {
  /** Whom an access token names, or `unauthenticated`. */
  readonly verifyAccessToken: (token: string) => Promise<Agent | Refusal>;
  /** The token when it is a fresh ID token of this very agent, else `actor_unavailable` or `actor_mismatch`. */
  readonly verifyActorToken: (
    token: string | undefined,
    agentId: AgentId,
  ) => Promise<VerifiedActorToken | Refusal>;
  /** One call to the tenant, never repeated. */
  readonly requestSessionTransferToken: (
    request: ExchangeRequest,
  ) => Promise<SessionTransferToken | Refusal>;
};
