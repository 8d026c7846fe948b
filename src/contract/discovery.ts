import * as z from 'zod/mini';

/**
 * `GET /.well-known/understudy`, public: all that an extension must know to sign an agent in.
 * `audience` is the backend's own origin; an extension refuses any other, so that a wrong address
 * cannot harvest tokens meant for the right backend. `features` lists what this backend understands beyond
 * the first version of the contract: an extension sends no field that is not covered by it.
 */
export const discoverySchema = z.object({
  issuer: z.url(),
  clientId: z.string().check(z.minLength(1)),
  audience: z.url(),
  scope: z.string().check(z.minLength(1)),
  version: z.string(),
  features: z.optional(z.array(z.string())),
});
export type Discovery = z.infer<typeof discoverySchema>;

/**
 * What a backend can list in `features`. `seen_by`: `landed` events may say who saw it. `preview`:
 * `POST /v1/launches/preview`. `own_sessions`: `POST /v1/own-sessions`. `grant`: a launch may name the grant
 * that was shown, and a preview may carry the actor token.
 */
export const FEATURES = ['seen_by', 'preview', 'own_sessions', 'grant'] as const;
export type Feature = (typeof FEATURES)[number];
