import * as z from 'zod/mini';
import {
  customerIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from '../../../contract/ids.ts';
import { SEARCH_MAX_CHARACTERS } from '../../../contract/search-limits.ts';
import { openInSchema } from './launch-status.ts';

/** What the agent typed and chose and did not launch yet. */
export const draftSchema = z.strictObject({
  query: z.string().check(z.maxLength(SEARCH_MAX_CHARACTERS)),
  customerId: z.optional(customerIdSchema),
  targetAppId: z.optional(targetAppIdSchema),
  organizationId: z.optional(organizationIdSchema),
  reason: z.string().check(z.maxLength(1000)),
  ticket: z.string().check(z.maxLength(100)),
  /** When absent, the launch opens where this app was opened last. */
  openIn: z.optional(openInSchema),
});
export type Draft = z.infer<typeof draftSchema>;
