import { z } from 'zod';

const setUser = z.union([
  z.object({ by: z.literal('id'), userId: z.string() }),
  z.object({
    by: z.literal('connection'),
    connection: z.string(),
    profile: z.looseObject({ user_id: z.string() }),
    options: z.looseObject({}).optional(),
  }),
]);

/** What a custom-token-exchange Action asked for; `actor` is still unchecked. */
export const customTokenExchangeResult = z.object({
  denied: z.object({ code: z.string(), reason: z.string() }).optional(),
  rejected: z.object({ reason: z.string() }).optional(),
  users: z.array(setUser),
  actor: z.unknown().optional(),
});

export type CustomTokenExchangeResult = z.infer<typeof customTokenExchangeResult>;

/** What a post-login Action asked for. */
export const postLoginResult = z.object({
  denied: z.object({ reason: z.string() }).optional(),
  multifactor: z.boolean(),
  idToken: z.record(z.string(), z.unknown()),
  accessToken: z.record(z.string(), z.unknown()),
  sessionChanges: z.object({
    metadata: z.record(z.string(), z.string()),
    expiresAt: z.number().optional(),
  }),
});

export type PostLoginResult = z.infer<typeof postLoginResult>;

/** What a post-login Action wants of the session: notes on it, and an earlier end. */
export type SessionChanges = PostLoginResult['sessionChanges'];
