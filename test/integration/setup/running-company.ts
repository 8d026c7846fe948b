import '../../../src/sandbox/resolve-localhost.mjs';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startShop } from '../../../src/sandbox/apps/express/shop.ts';
import { createLocalCertificates } from '../../../src/sandbox/certificate-authority.ts';
import { freePorts } from '../../../src/sandbox/free-ports.ts';
import { createTenant } from '../../../src/sandbox/tenant/create-tenant.ts';
import { describeDomains } from '../../../src/sandbox/tenant/domain.ts';
import { later } from '../../../src/sandbox/tenant/later.ts';
import { listen } from '../../../src/sandbox/tenant/listen.ts';
import type { TenantSeed } from '../../../src/sandbox/tenant/model.ts';
import { postLogoutToken } from '../../../src/sandbox/tenant/sessions/post-logout-token.ts';
import { createSigningKey } from '../../../src/sandbox/tenant/tokens/signing-key.ts';
import { defaultChoices } from '../../../src/sandbox/tenant/undocumented-choices.ts';
import { companySeed } from '../../unit/setup/company-seed.ts';

const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** A company's tenant and its shop on real ports, before anything of Understudy is in the tenant. */
export const startCompany = async (change: (seed: TenantSeed) => void = () => undefined) => {
  const [plainPort, securePort, shopPort, backendPort = 0, metricsPort = 0] = await freePorts(5);
  const origins = {
    agents: `http://agents.localhost:${plainPort}`,
    customers: `http://customers.localhost:${plainPort}`,
    canonical: `https://localhost:${securePort}`,
    shop: `http://shop.localhost:${shopPort}`,
    backend: `http://backend.localhost:${backendPort}`,
  };
  const folder = mkdtempSync(join(tmpdir(), 'understudy-company-'));
  const certificates = await createLocalCertificates(new Date());
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, certificates.caCertificate);
  const seed = companySeed({ canonicalOrigin: origins.canonical, shopOrigin: origins.shop });
  change(seed);
  const tenant = createTenant({
    domains: describeDomains([origins.agents, origins.customers], origins.canonical),
    seed,
    actions: {},
    actionLimits: { timeoutInMilliseconds: 10_000, memoryInMegabytes: 64 },
    choices: defaultChoices,
    signingKey: await createSigningKey('company'),
    apps: {},
    later,
    postLogoutToken,
    clock: Date.now,
    randomToken: random,
  });
  const running = [
    await listen(tenant, { port: Number(plainPort) }),
    await listen(tenant, {
      port: Number(securePort),
      tls: { key: certificates.key, cert: certificates.certificate },
    }),
    await startShop({
      origin: origins.shop,
      issuer: `${origins.customers}/`,
      clientId: 'shop',
      clientSecret: 'secret-of-shop',
      cookieSecret: random(32),
    }),
  ];
  const tokenAnswer = await tenant.fetch(
    new Request(`${origins.canonical}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'operator',
        client_secret: 'secret-of-operator',
        audience: `${origins.canonical}/api/v2/`,
      }),
    }),
    { ip: '127.0.0.1' },
  );
  const { access_token: operatorToken } = (await tokenAnswer.json()) as { access_token: string };
  return {
    origins,
    domain: new URL(origins.canonical).host,
    backendPort,
    metricsPort,
    folder,
    caFile,
    operatorToken,
    tenant,
    data: tenant.context.directory.data,
    close: async () => {
      for (const each of running) {
        await each.close();
      }
      await tenant.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
export type Company = Awaited<ReturnType<typeof startCompany>>;
