import { randomBytes } from 'node:crypto';
import '../../../src/sandbox/resolve-localhost.mjs';
import { startShop } from '../../../src/sandbox/apps/express/shop.ts';
import { startDesk } from '../../../src/sandbox/apps/spa/desk.ts';
import { createLocalCertificates } from '../../../src/sandbox/certificate-authority.ts';
import { extensionIdentity } from '../../../src/sandbox/extension-identity.ts';
import { planOrigins } from '../../../src/sandbox/plan-origins.ts';
import { sandboxClients } from '../../../src/sandbox/sandbox-clients.ts';
import { sandboxSeed } from '../../../src/sandbox/sandbox-seed.ts';
import { createTenant } from '../../../src/sandbox/tenant/create-tenant.ts';
import { describeDomains } from '../../../src/sandbox/tenant/domain.ts';
import { later } from '../../../src/sandbox/tenant/later.ts';
import { listen } from '../../../src/sandbox/tenant/listen.ts';
import type { TenantClient } from '../../../src/sandbox/tenant/model.ts';
import { postLogoutToken } from '../../../src/sandbox/tenant/sessions/post-logout-token.ts';
import { createSigningKey } from '../../../src/sandbox/tenant/tokens/signing-key.ts';
import { defaultChoices } from '../../../src/sandbox/tenant/undocumented-choices.ts';
import {
  ECHOING_POST_LOGIN_ACTION,
  OBEDIENT_EXCHANGE_ACTION,
} from '../../unit/sandbox/tenant/fixture-actions.ts';

const random = (bytes: number) => randomBytes(bytes).toString('base64url');

/**
 * The sandbox's tenant and apps on real ports with the sandbox's own seed, and Actions that do what
 * the subject token says; `addClients` may bring further clients.
 */
export const startFixtureSandbox = async (
  addClients: (consoleOrigin: string) => TenantClient[] = () => [],
) => {
  const { origins } = await planOrigins(false);
  const certificates = await createLocalCertificates(new Date());
  const secrets = {
    requesting: random(16),
    management: random(16),
    reader: random(16),
    shop: random(16),
  };
  const clients = sandboxClients(origins, extensionIdentity('AAAA'), secrets);
  const seeded = sandboxSeed(origins, clients, () => random(9));
  const more = addClients(origins.crm);
  seeded.seed.clients.push(...more);
  for (const connection of seeded.seed.connections) {
    connection.enabled_clients.push(...more.map((client) => client.client_id));
  }
  const shop = await startShop({
    origin: origins.shop,
    issuer: `${origins.customers}/`,
    clientId: clients.shop.client_id,
    clientSecret: secrets.shop,
    cookieSecret: random(32),
  });
  const desk = await startDesk({
    origin: origins.desk,
    issuer: origins.customers,
    clientId: clients.desk.client_id,
  });
  const tenant = createTenant({
    domains: describeDomains([origins.agents, origins.customers], origins.https),
    seed: seeded.seed,
    actions: {
      customTokenExchange: { code: OBEDIENT_EXCHANGE_ACTION, secrets: {} },
      postLogin: { code: ECHOING_POST_LOGIN_ACTION, secrets: {} },
    },
    actionLimits: { timeoutInMilliseconds: 10_000, memoryInMegabytes: 64 },
    choices: defaultChoices,
    signingKey: await createSigningKey('integration'),
    apps: { [clients.shop.client_id]: shop, [clients.desk.client_id]: desk },
    later,
    postLogoutToken,
    clock: Date.now,
    randomToken: random,
  });
  const running = [
    await listen(tenant, { port: Number(new URL(origins.agents).port) }),
    await listen(tenant, {
      port: Number(new URL(origins.https).port),
      tls: { key: certificates.key, cert: certificates.certificate },
    }),
    shop,
    desk,
  ];
  return {
    origins,
    clients,
    seeded,
    tenant,
    certificates,
    close: async () => {
      for (const each of running) {
        await each.close();
      }
      await tenant.close();
    },
  };
};

export type FixtureSandbox = Awaited<ReturnType<typeof startFixtureSandbox>>;
