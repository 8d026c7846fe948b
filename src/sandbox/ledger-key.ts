import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';

/** A fresh Ed25519 key for the ledger's checkpoints, as a private JWK. */
export const createLedgerKey = (): JsonWebKey =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
