import { z } from 'zod';

/**
 * Conditions of the world around a tenant that a test can bring about. Nothing here is Auth0's:
 * these are levers of the sandbox only.
 *
 * @see routes/sandbox/choices.ts
 */
export const sandboxConditions = z.strictObject({
  /** How late an entry appears in `/api/v2/logs`, in seconds. */
  logDelayInSeconds: z.number().min(0).max(3600),
  /** Whether the tenant's plan has the session endpoints of the Management API. */
  sessionsInPlan: z.boolean(),
  /** Whether the tenant's plan lets clients authenticate with a key (Private Key JWT). */
  privateKeyJwtInPlan: z.boolean(),
  /** Whether the tenant's plan lets post-login Actions call `api.session.setMetadata`. */
  sessionMetadataInPlan: z.boolean(),
  /** Whether the tenant's plan lets post-login Actions call `api.session.setExpiresAt`. */
  sessionExpiryInPlan: z.boolean(),
  /** Auth0's tenant setting of the same name: whether logout entries have the session's metadata. */
  includeSessionMetadataInTenantLogs: z.boolean(),
  /**
   * Auth0's tenant setting of the same name: whether `/oidc/logout` asks before it signs out without
   * a hint of the browser's own session.
   */
  oidcLogoutPromptEnabled: z.boolean(),
  /** The address that the tenant sees browsers at instead of the socket's; null for the socket's. */
  clientAddressOverride: z.union([z.ipv4(), z.ipv6()]).nullable(),
  /**
   * How long a new session transfer token really works, in seconds. The response keeps announcing
   * the documented 60, so that 0 makes a token that has expired when it arrives.
   */
  sessionTransferLifetimeInSeconds: z.number().min(0).max(3600),
  /** Whether new session transfer tokens arrive spent, as if a link scanner had opened them first. */
  sessionTransferTokensArriveUsed: z.boolean(),
  /** How many calls to the Management API may come at once. At Auth0 the plan says how many. */
  managementBurst: z.number().min(1).max(100_000),
  /** How many calls to the Management API a second the tenant takes in the long run. */
  managementCallsPerSecond: z.number().min(0.1).max(100_000),
});

export type SandboxConditions = z.infer<typeof sandboxConditions>;

/** The world as it should be. */
export const defaultConditions: Readonly<SandboxConditions> = {
  logDelayInSeconds: 0,
  sessionsInPlan: true,
  privateKeyJwtInPlan: true,
  sessionMetadataInPlan: true,
  sessionExpiryInPlan: false,
  includeSessionMetadataInTenantLogs: false,
  oidcLogoutPromptEnabled: true,
  clientAddressOverride: null,
  sessionTransferLifetimeInSeconds: 60,
  sessionTransferTokensArriveUsed: false,
  // Tests are faster than people.
  managementBurst: 10_000,
  managementCallsPerSecond: 10_000,
};
