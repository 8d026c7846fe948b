import * as z from 'zod/mini';

/**
 * `GET /.well-known/understudy`, public: all that an extension must know to sign an agent in.
 * `audience` is the backend's own origin; an extension refuses any other, so that a wrong address
 * cannot harvest tokens meant for the right backend.
 */
export const discoverySchema = z.object({
  issuer: z.url(),
  clientId: z.string().check(z.minLength(1)),
  audience: z.url(),
  scope: z.string().check(z.minLength(1)),
  version: z.string(),
});
export type Discovery = z.infer<typeof discoverySchema>;
