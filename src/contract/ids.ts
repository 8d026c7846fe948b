import * as z from 'zod/mini';

/** An Auth0 `user_id` of somebody who may be acted for. Opaque, at most 256 characters. */
export const customerIdSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(256))
  .brand<'CustomerId'>();
export type CustomerId = z.infer<typeof customerIdSchema>;

/** The Auth0 `user_id` (`sub`) of the support agent. */
export const agentIdSchema = z.string().check(z.minLength(1), z.maxLength(256)).brand<'AgentId'>();
export type AgentId = z.infer<typeof agentIdSchema>;

/** The Auth0 `client_id` of an application that redeems session transfer tokens. */
export const targetAppIdSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(128))
  .brand<'TargetAppId'>();
export type TargetAppId = z.infer<typeof targetAppIdSchema>;

/** An Auth0 organization id (`org_…`). */
export const organizationIdSchema = z
  .string()
  .check(z.minLength(1), z.maxLength(64))
  .brand<'OrganizationId'>();
export type OrganizationId = z.infer<typeof organizationIdSchema>;

/** A UUID that the extension makes for one launch, in lower case; it is also the `jti` of the subject token. */
export const launchIdSchema = z.uuid().check(z.toLowerCase()).brand<'LaunchId'>();
export type LaunchId = z.infer<typeof launchIdSchema>;
