import * as z from 'zod/mini';
import { customerIdSchema, organizationIdSchema, targetAppIdSchema } from './ids.ts';

/** A customer as found. `protected` means that no launch as them is possible. */
export const customerSchema = z.object({
  id: customerIdSchema,
  name: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  connection: z.string(),
  protected: z.optional(z.boolean()),
});
export type Customer = z.infer<typeof customerSchema>;

/**
 * `GET /v1/customers`. `searched` names the fields that were
 * looked at and, where it is known, of how many customers; `more` says that there are further
 * matches.
 */
export const customersSchema = z.object({
  customers: z.array(customerSchema),
  searched: z.object({ fields: z.array(z.string()), total: z.optional(z.number()) }),
  more: z.boolean(),
});
export type Customers = z.infer<typeof customersSchema>;

export const organizationSchema = z.object({
  id: organizationIdSchema,
  name: z.string(),
  displayName: z.string(),
});
export type Organization = z.infer<typeof organizationSchema>;

/** `GET /v1/customers/{id}`: also where this customer belongs and which apps they can reach. */
export const customerDetailsSchema = z.extend(customerSchema, {
  organizations: z.array(organizationSchema),
  targetAppIds: z.array(targetAppIdSchema),
});
export type CustomerDetails = z.infer<typeof customerDetailsSchema>;
