import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import type { TenantContext } from '../../../context.ts';
import type { ClientCredential } from '../../../model.ts';
import { newId } from '../new-id.ts';

/** How many credentials a client may have. @see Auth0 documentation, "Credential Settings" */
const MAX_CREDENTIALS = 2;
const MIN_RSA_BITS = 2048;

const isRsaPublicKey = (pem: string): boolean => {
  // node:crypto would take the public half out of a private key; nobody must get used to sending one.
  if (pem.includes('PRIVATE KEY')) {
    return false;
  }
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem);
    return (
      asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS
    );
  } catch {
    return false;
  }
};

/** A public key as it is sent. @see Auth0 Management API v2, `PublicKeyCredential` */
export const publicKeySchema = z.strictObject({
  credential_type: z.literal('public_key'),
  name: z.string().max(128).default(''),
  pem: z.string().refine(isRsaPublicKey, 'must be a PEM-formatted RSA public key of 2048 bits'),
  alg: z.enum(['RS256', 'RS384', 'PS256']).default('RS256'),
  parse_expiry_from_cert: z.boolean().optional(),
  expires_at: z.iso.datetime().optional(),
  kid: z
    .string()
    .regex(/^[0-9a-zA-Z-_]{10,64}$/)
    .optional(),
});

/** A credential as the API shows it: the key itself is never shown again. */
export const shownCredential = ({ pem: _pem, ...credential }: ClientCredential) => credential;

/** Registers a public key for a client; undefined where the client has two already. */
export const registerCredential = (
  context: TenantContext,
  clientId: string,
  { parse_expiry_from_cert: _parse, kid, ...fields }: z.infer<typeof publicKeySchema>,
): ClientCredential | undefined => {
  const { clientCredentials } = context.directory.data;
  const known = clientCredentials[clientId] ?? [];
  if (known.length >= MAX_CREDENTIALS) {
    return undefined;
  }
  const at = new Date(context.clock()).toISOString();
  const credential: ClientCredential = {
    id: newId(context, 'cred_'),
    kid: kid ?? newId(context, ''),
    ...fields,
    created_at: at,
    updated_at: at,
  };
  clientCredentials[clientId] = [...known, credential];
  return credential;
};
