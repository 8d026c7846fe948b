import type { Grant } from '../../contract/grant.ts';
import type { AgentId, LaunchId, OrganizationId, TargetAppId } from '../../contract/ids.ts';
import type { Refusal } from '../refusal.ts';
import type { Agent } from './agent.ts';
import type { LoadedCustomer } from './customer-directory.ts';
import type { PolicyAttributes } from './policy-attributes.ts';

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
  readonly grant: Grant;
  /** How long ago the agent may have signed in, in seconds, where the company's rules look at it. */
  readonly maxAuthAgeSeconds?: number;
};

export type SessionTransferToken = {
  readonly token: string;
  readonly expiresInSeconds: number;
};

/** Asks the tenant for a session transfer token. */
export type PreparedExchange = () => Promise<SessionTransferToken | Refusal>;

/** An ID token that was found to be a fresh proof of the agent's identity. */
export type VerifiedActorToken = string & { readonly __brand: 'VerifiedActorToken' };

/** How and when the agent signed in, as an ID token says. A refresh changes none of it. */
export type AgentSignIn = {
  /** `auth_time`; absent where the token does not say, which counts as infinitely long ago. */
  readonly signedInAt?: Date;
  /** `amr` */
  readonly methods: readonly string[];
  /** `acr` */
  readonly authClass?: string;
};

/** A verified actor token with what it says of the agent. */
export type VerifiedActor = {
  readonly token: VerifiedActorToken;
  readonly roles: readonly string[];
  readonly attributes: PolicyAttributes;
  readonly signIn: AgentSignIn;
};

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
  ) => Promise<VerifiedActor | Refusal>;
  /** Begins to sign what the tenant is asked with, and asks nothing: what it gives does, in one call, never repeated. */
  readonly prepareExchange: (request: ExchangeRequest) => PreparedExchange;
};
