import * as z from 'zod/mini';

/** How long Auth0 lets a delegated session live, in minutes. */
export const MAX_SESSION_MINUTES = 120;

/**
 * What an agent may do in a session, and for how long. `full` is everything that the customer may do.
 * `minutes` count from the moment the launch is issued.
 */
export const grantSchema = z.object({
  mode: z.enum(['full']),
  minutes: z.int().check(z.minimum(1), z.maximum(MAX_SESSION_MINUTES)),
});
export type Grant = z.infer<typeof grantSchema>;

/**
 * The sign-in that a company's rules ask for: at most so many seconds ago, and, where they name any, with one
 * of these Authentication Context Classes, separated by spaces.
 * @see OpenID Connect Core 1.0 §3.1.2.1, `max_age` and `acr_values`
 */
export const stepUpSchema = z.object({
  maxAgeSeconds: z.int().check(z.minimum(0)),
  acrValues: z.optional(z.string()),
});
export type StepUp = z.infer<typeof stepUpSchema>;
