import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'jose';
import type { SandboxOrigins } from './origins.ts';
import type { SandboxClients } from './sandbox-clients.ts';
import type { AppSwitch } from './tenant/app-switch.ts';
import { createTenant, type Tenant } from './tenant/create-tenant.ts';
import { describeDomains } from './tenant/domain.ts';
import { later } from './tenant/later.ts';
import type { TenantSeed } from './tenant/model.ts';
import { postLogoutToken } from './tenant/sessions/post-logout-token.ts';
import { createSigningKey } from './tenant/tokens/signing-key.ts';
import { defaultChoices } from './tenant/undocumented-choices.ts';

const STAFF_ROLES = 'Support Agent,Support Supervisor';

/** Deploys the built Actions with the secrets that they need in this sandbox. */
export const createSandboxTenant = async (options: {
  root: string;
  origins: SandboxOrigins;
  clients: SandboxClients;
  seed: TenantSeed;
  subjectJwks: { keys: JWK[] };
  apps: Readonly<Record<string, AppSwitch>>;
}): Promise<Tenant> => {
  const { root, origins, clients, seed, subjectJwks, apps } = options;
  const readAction = (name: string) =>
    readFile(join(root, 'dist', 'actions', `${name}.js`), 'utf8');
  const shared = {
    REQUESTING_CLIENT_ID: clients.requesting.client_id,
    EXTENSION_CLIENT_ID: clients.extension.client_id,
    AGENT_ROLES: STAFF_ROLES,
    CUSTOMER_CONNECTIONS: 'customers,partners,acme-sso',
  };
  return createTenant({
    domains: describeDomains([...new Set([origins.agents, origins.customers])], origins.https),
    seed,
    actions: {
      customTokenExchange: {
        code: await readAction('custom-token-exchange'),
        secrets: {
          ...shared,
          SUBJECT_TOKEN_JWKS: JSON.stringify(subjectJwks),
          SUBJECT_TOKEN_ISSUER: origins.backend,
          SUBJECT_TOKEN_AUDIENCE: `${origins.agents}/`,
        },
      },
      postLogin: {
        code: await readAction('post-login'),
        secrets: {
          ...shared,
          PROTECTED_ROLES: 'Administrator',
          PROTECTED_METADATA_KEY: 'understudy_protected',
          SESSION_METADATA: 'on',
        },
      },
    },
    actionLimits: { timeoutInMilliseconds: 10_000, memoryInMegabytes: 128 },
    choices: { ...defaultChoices },
    signingKey: await createSigningKey(randomBytes(12).toString('base64url')),
    apps,
    later,
    postLogoutToken,
    clock: Date.now,
    randomToken: (bytes) => randomBytes(bytes).toString('base64url'),
  });
};
