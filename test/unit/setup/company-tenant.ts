import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createTenant } from '../../../src/sandbox/tenant/create-tenant.ts';
import { describeDomains } from '../../../src/sandbox/tenant/domain.ts';
import type { TenantSeed } from '../../../src/sandbox/tenant/model.ts';
import { createSigningKey } from '../../../src/sandbox/tenant/tokens/signing-key.ts';
import { defaultChoices } from '../../../src/sandbox/tenant/undocumented-choices.ts';
import type { Answers } from '../../../src/setup/description/answers.ts';
import { setupFiles } from '../../../src/setup/files/setup-files.ts';
import type { Setup } from '../../../src/setup/run-setup.ts';
import { createManagementApi } from '../../../src/setup/tenant/management-api.ts';
import { FIREFOX_REDIRECT_ORIGIN } from '../../../src/tenant-settings/extension-ids.ts';
import { companySeed } from './company-seed.ts';

const DOMAIN = 'company.eu.auth0.example';
const EXTENSION_ID = 'abcdefghijklmnopabcdefghijklmnop';
const signingKey = await createSigningKey('company');

export const companyAnswers: Answers = {
  domain: DOMAIN,
  agentsOrigin: 'https://agents.company.example',
  customersOrigin: 'https://login.company.example',
  agentConnections: ['staff'],
  customerConnections: ['customers'],
  backendOrigin: 'https://understudy.company.example',
  extensionIds: [EXTENSION_ID],
  targets: [{ clientId: 'shop' }],
  organizations: ['org_nordwind'],
  protectedRoles: ['Administrator'],
  firstAgent: undefined,
  name: 'Understudy',
};

const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** A company's tenant in memory, with a Management API client of its operator. Closed when the test ends. */
export const companyTenant = async (change: (seed: TenantSeed) => void = () => undefined) => {
  const origin = `https://${DOMAIN}`;
  const seed = companySeed({ canonicalOrigin: origin, shopOrigin: 'https://shop.company.example' });
  change(seed);
  const tenant = createTenant({
    domains: describeDomains([companyAnswers.agentsOrigin, companyAnswers.customersOrigin], origin),
    seed,
    actions: {},
    actionLimits: { timeoutInMilliseconds: 10_000, memoryInMegabytes: 64 },
    choices: { ...defaultChoices, actionBuildInMilliseconds: 0 },
    signingKey,
    apps: {},
    later: () => undefined,
    postLogoutToken: async () => undefined,
    clock: Date.now,
    randomToken: random,
  });
  const folder = mkdtempSync(join(tmpdir(), 'understudy-setup-'));
  onTestFinished(async () => {
    await tenant.close();
    rmSync(folder, { recursive: true });
  });

  const calls: string[] = [];
  const send: typeof fetch = (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    calls.push(`${request.method} ${pathname}${search}`);
    return tenant.fetch(request, { ip: '127.0.0.1' });
  };
  const tokenAnswer = await tenant.fetch(
    new Request(`${origin}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'operator',
        client_secret: 'secret-of-operator',
        audience: `${origin}/api/v2/`,
      }),
    }),
    { ip: '127.0.0.1' },
  );
  const { access_token } = (await tokenAnswer.json()) as { access_token: string };
  const api = createManagementApi({
    domain: DOMAIN,
    token: access_token,
    fetch: send,
    delay: async () => undefined,
    clock: () => new Date(),
  });
  const said: string[] = [];
  const setup: Setup = {
    api,
    answers: companyAnswers,
    files: setupFiles(folder),
    parts: {
      code: {
        exchange: 'exports.onExecuteCustomTokenExchange = async () => {};',
        login: 'exports.onExecutePostLogin = async () => {};',
      },
      firefoxRedirectOrigin: FIREFOX_REDIRECT_ORIGIN,
    },
    delay: async () => undefined,
    say: (line) => {
      said.push(line);
    },
    confirm: async () => true,
  };
  return {
    data: tenant.context.directory.data,
    conditions: tenant.context.conditions,
    log: tenant.context.log,
    /** Sends a request to the tenant as the backend would. */
    fetch: send,
    api,
    setup,
    said,
    folder,
    /** Calls that changed something since the last look. */
    changesSent: (): readonly string[] =>
      calls.splice(0).filter((call) => !call.startsWith('GET ')),
  };
};

export type CompanyTenant = Awaited<ReturnType<typeof companyTenant>>;

/** Everything of a tenant that is not Understudy's, as it can be compared before and after. */
export const foreignThings = ({ data }: CompanyTenant) =>
  structuredClone({
    clients: data.clients.filter(({ client_id }) => ['operator', 'wiki'].includes(client_id)),
    actions: data.actions.filter(({ name }) => name.startsWith('company-')),
    bound: data.postLoginBindings
      .filter(({ action_id }) => action_id.startsWith('act_company'))
      .map(({ action_id, display_name }) => [action_id, display_name]),
    roles: data.roles.filter(({ id }) => id === 'rol_editor'),
    apis: data.resourceServers.filter(({ identifier }) => identifier === 'urn:wiki'),
    organizations: data.organizations.map(({ connections: _connections, ...rest }) => rest),
    acme: data.organizations.find(({ id }) => id === 'org_acme'),
    enabled: data.connections.map(({ name, enabled_clients }) => [
      name,
      enabled_clients.filter((id) => ['wiki', 'operator'].includes(id)),
    ]),
    users: data.users,
  });
