import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** A fresh ES256 key pair for subject tokens, as the private JWK and the public key set. */
export const createSubjectKey = async (
  kid: string,
): Promise<{ privateJwk: JWK; publicJwks: { keys: JWK[] } }> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const about = { kid, alg: 'ES256', use: 'sig' };
  return {
    privateJwk: { ...(await exportJWK(privateKey)), ...about },
    publicJwks: { keys: [{ ...(await exportJWK(publicKey)), ...about }] },
  };
};
