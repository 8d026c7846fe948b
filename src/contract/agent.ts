import * as z from 'zod/mini';
import { agentIdSchema } from './ids.ts';
import { permissionSchema } from './permissions.ts';
import { recordPatternSchema } from './record.ts';

/**
 * What a launch must carry. `minLength` counts visible characters;
 * `pattern` is a regular expression (flag `u`), not anchored unless it says so.
 */
export const launchRequirementsSchema = z.object({
  reason: z.object({ required: z.boolean(), minLength: z.number() }),
  ticket: z.object({ required: z.boolean(), pattern: z.optional(z.string()) }),
});
export type LaunchRequirements = z.infer<typeof launchRequirementsSchema>;

/** `GET /v1/me`. */
export const meSchema = z.object({
  agent: z.object({ sub: agentIdSchema, name: z.string(), email: z.string() }),
  permissions: z.array(permissionSchema),
  policy: launchRequirementsSchema,
  recordPatterns: z.array(recordPatternSchema),
});
