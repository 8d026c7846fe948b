import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLocalCertificates } from '../../../src/sandbox/certificate-authority.ts';
import { freePorts } from '../../../src/sandbox/free-ports.ts';
import { managementScopes } from '../../../src/sandbox/sandbox-seed.ts';
import { createTenant } from '../../../src/sandbox/tenant/create-tenant.ts';
import { describeDomains } from '../../../src/sandbox/tenant/domain.ts';
import { later } from '../../../src/sandbox/tenant/later.ts';
import { listen } from '../../../src/sandbox/tenant/listen.ts';
import type { TenantClient } from '../../../src/sandbox/tenant/model.ts';
import { postLogoutToken } from '../../../src/sandbox/tenant/sessions/post-logout-token.ts';
import { createSigningKey } from '../../../src/sandbox/tenant/tokens/signing-key.ts';
import { defaultChoices } from '../../../src/sandbox/tenant/undocumented-choices.ts';

const random = (bytes: number) => randomBytes(bytes).toString('base64url');

/** A tenant over TLS in which there is nothing but an operator's client that may do everything. */
export const startEmptyTenant = async (folder: string) => {
  const [securePort = 0, plainPort = 0] = await freePorts(2);
  const domain = `localhost:${securePort}`;
  const customDomain = `http://login.localhost:${plainPort}`;
  const operator: TenantClient = {
    client_id: 'operator',
    client_secret: random(32),
    name: 'Operator',
    app_type: 'non_interactive',
    token_endpoint_auth_method: 'client_secret_post',
    is_first_party: true,
    oidc_conformant: true,
    grant_types: ['client_credentials'],
    callbacks: [],
    allowed_logout_urls: [],
    allowed_origins: [],
    web_origins: [],
    jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000 },
  };
  const certificates = await createLocalCertificates(new Date());
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificates.caCertificate);
  const tenant = createTenant({
    domains: describeDomains([customDomain], `https://${domain}`),
    seed: {
      clients: [operator],
      connections: [],
      organizations: [],
      users: [],
      passwords: {},
      roles: [],
      resourceServers: [],
      clientGrants: [
        {
          client_id: operator.client_id,
          audience: `https://${domain}/api/v2/`,
          scope: managementScopes,
        },
      ],
      tokenExchangeProfiles: [],
      allowedLogoutUrls: [],
    },
    actions: {},
    actionLimits: { timeoutInMilliseconds: 10_000, memoryInMegabytes: 64 },
    choices: defaultChoices,
    signingKey: await createSigningKey('empty'),
    apps: {},
    later,
    postLogoutToken,
    clock: Date.now,
    randomToken: random,
  });
  const listeners = [
    await listen(tenant, { port: plainPort }),
    await listen(tenant, {
      port: securePort,
      tls: { key: certificates.key, cert: certificates.certificate },
    }),
  ];
  return {
    domain,
    customDomain,
    operator,
    caFile,
    context: tenant.context,
    close: async () => {
      for (const each of listeners) {
        await each.close();
      }
      await tenant.close();
    },
  };
};

export type EmptyTenant = Awaited<ReturnType<typeof startEmptyTenant>>;
