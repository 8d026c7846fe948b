import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalCertificates } from '../../../src/sandbox/certificate-authority.ts';
import { startNameProxy } from '../../../src/sandbox/name-proxy.ts';
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
import { companySeed } from '../../unit/setup/company-seed.ts';

/** Names as companies have them; `.test` is reserved, so that nobody's are used. @see RFC 6761 §6.2 */
export const AGENTS = 'agents.understudy.test';
export const CUSTOMERS = 'login.understudy.test';
const CANONICAL = 'understudy.eu.test';
export const SHOP_ORIGIN = 'https://shop.understudy.test';

const consoleClient = (port: number): TenantClient => ({
  client_id: 'console',
  client_secret: 'console-secret',
  name: 'Console',
  app_type: 'regular_web',
  token_endpoint_auth_method: 'client_secret_post',
  is_first_party: true,
  oidc_conformant: true,
  grant_types: ['authorization_code', 'refresh_token'],
  callbacks: ['/callback', '/auth/callback'].map((path) => `http://localhost:${port}${path}`),
  allowed_logout_urls: [],
  allowed_origins: [],
  web_origins: [],
  organization_usage: 'allow',
  token_exchange: { allow_any_profile_of_type: ['custom_authentication'] },
  session_transfer: { can_create_session_transfer_token: true },
  jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000 },
});

/**
 * A tenant over TLS under names that are not `localhost`, reached through the sandbox's own proxy; and a
 * console that may ask for session transfer tokens on a port of this machine.
 */
export const startNamedTenant = async (consolePort: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-names-'));
  const certificates = await createLocalCertificates(new Date(), AGENTS, CUSTOMERS, CANONICAL);
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, certificates.caCertificate);
  const seed = companySeed({ canonicalOrigin: `https://${CANONICAL}`, shopOrigin: SHOP_ORIGIN });
  seed.clients.push(consoleClient(consolePort));
  for (const { enabled_clients } of seed.connections) {
    enabled_clients.push('console');
  }
  for (const client of seed.clients) {
    if (client.client_id === 'shop') {
      client.session_transfer = {
        allowed_authentication_methods: ['query'],
        delegation: { allow_delegated_access: true },
      };
    }
  }
  seed.tokenExchangeProfiles.push({
    id: 'tep_1',
    name: 'Customer',
    subject_token_type: 'urn:understudy:customer',
    type: 'custom_authentication',
  });
  const tenant = createTenant({
    domains: describeDomains([`https://${AGENTS}`, `https://${CUSTOMERS}`], `https://${CANONICAL}`),
    seed: { ...seed, actions: [], postLoginBindings: [] },
    actions: {
      customTokenExchange: { code: OBEDIENT_EXCHANGE_ACTION, secrets: {} },
      postLogin: { code: ECHOING_POST_LOGIN_ACTION, secrets: {} },
    },
    actionLimits: { timeoutInMilliseconds: 10_000, memoryInMegabytes: 64 },
    choices: defaultChoices,
    signingKey: await createSigningKey('names'),
    apps: {},
    later,
    postLogoutToken,
    clock: Date.now,
    randomToken: (bytes) => randomBytes(bytes).toString('base64url'),
  });
  const listener = await listen(tenant, {
    port: 0,
    tls: { key: certificates.key, cert: certificates.certificate },
  });
  const proxy = await startNameProxy({
    [AGENTS]: listener.port,
    [CUSTOMERS]: listener.port,
    [CANONICAL]: listener.port,
  });

  /** What a browser does that finds the tenant by its name: TLS to it, verified against its own authority. */
  const visitTenant = (url: URL, init: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const sent = httpsRequest(
        {
          host: '127.0.0.1',
          port: listener.port,
          servername: url.hostname,
          ca: certificates.caCertificate,
          method: init.method ?? 'GET',
          path: `${url.pathname}${url.search}`,
          headers: {
            ...Object.fromEntries(new Headers(init.headers)),
            host: url.host,
            ...(init.body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => {
            const headers = new Headers();
            for (const [name, value] of Object.entries(answer.headers)) {
              for (const each of [value ?? []].flat()) {
                headers.append(name, each);
              }
            }
            const status = answer.statusCode ?? 500;
            resolve(new Response(Buffer.concat(chunks), { status, headers }));
          });
        },
      );
      sent.on('error', reject);
      sent.end(init.body === undefined ? undefined : String(init.body));
    });

  return {
    caFile,
    proxyOrigin: proxy.origin,
    /** Fetches from the tenant by its names, and from this machine as ever. */
    fetch: ((input, init = {}) => {
      const url = new URL(input instanceof Request ? input.url : input);
      return url.hostname.endsWith('.test') ? visitTenant(url, init) : fetch(input, init);
    }) satisfies typeof fetch,
    close: async () => {
      await proxy.close();
      await listener.close();
      await tenant.close();
      rmSync(folder, { recursive: true });
    },
  };
};
