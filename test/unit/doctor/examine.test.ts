import { describe, expect, it } from 'vitest';
import { examine } from '../../../src/doctor/examine.ts';
import type { Line } from '../../../src/doctor/line.ts';
import type { Patient } from '../../../src/doctor/patient.ts';
import { exitCodeOf, printReport } from '../../../src/doctor/report.ts';
import { createManagementApi } from '../../../src/setup/tenant/management-api.ts';
import { sam } from '../setup/company-seed.ts';
import type { CompanyTenant } from '../setup/company-tenant.ts';
import { BROKEN_TENANTS } from './broken-tenants.ts';
import { healthyTenant, patientOf } from './company-patient.ts';

const look = async (tenant: CompanyTenant, changes: Partial<Patient> = {}) =>
  examine(await patientOf(tenant, changes));

const wrong = (lines: readonly Line[]): readonly string[] =>
  lines.filter(({ state }) => state === 'broken').map(({ id }) => id);

const lineOf = (lines: readonly Line[], id: string): Line => {
  const found = lines.find((line) => line.id === id);
  if (!found) {
    throw new Error(`There is no line ${id}.`);
  }
  return found;
};

describe('the doctor at a healthy tenant', () => {
  it('finds nothing wrong, and changes nothing', async () => {
    const tenant = await healthyTenant();
    const before = structuredClone(tenant.data);
    tenant.changesSent();
    const lines = await look(tenant);
    expect(wrong(lines)).toEqual([]);
    expect(lines.length).toBeGreaterThan(60);
    expect(exitCodeOf(lines)).toBe(0);
    expect(tenant.changesSent()).toEqual([]);
    expect(tenant.data).toEqual(before);
  });

  it('says whether anybody could launch', async () => {
    const nobody = lineOf(await look(await healthyTenant()), 'agents');
    expect(nobody).toMatchObject({ state: 'note', found: 'nobody has' });
    const somebody = await healthyTenant({ firstAgent: sam.user_id });
    expect(lineOf(await look(somebody), 'agents')).toMatchObject({
      state: 'ok',
      found: 'Understudy Agent',
    });
  });

  it('names who may write users, and wants nothing changed', async () => {
    const tenant = await healthyTenant();
    expect(lineOf(await look(tenant), 'others.user_writers')).toMatchObject({
      state: 'note',
      found: 'Operator',
    });
  });
});

describe('the doctor at a tenant with one mistake', () => {
  it('is tried on more than thirty of them', () => {
    expect(BROKEN_TENANTS.length).toBeGreaterThan(30);
  });

  it.each(BROKEN_TENANTS)('finds exactly that $what, and its fix repairs it', async (broken) => {
    const tenant = await healthyTenant();
    broken.breakIt(tenant.data);
    const lines = await look(tenant);
    expect(wrong(lines)).toEqual(broken.lines);
    for (const id of broken.lines) {
      const { fix, found, wanted } = lineOf(lines, id);
      expect(found).not.toBe(wanted);
      expect(fix?.deployCli).not.toBe('');
      expect(fix?.terraform).not.toBe('');
      for (const call of fix?.calls ?? []) {
        await tenant.api.send(call);
      }
    }
    expect(wrong(await look(tenant))).toEqual([]);
  });
});

describe('what no call to the tenant repairs', () => {
  it('an app that drops the organization is named', async () => {
    const tenant = await healthyTenant();
    const dropsOrganization: typeof fetch = async (input) => {
      const token = new URL(String(input)).searchParams.get('session_transfer_token');
      const location = `https://login.company.example/authorize?response_type=code&session_transfer_token=${token}`;
      return new Response(null, { status: 302, headers: { location } });
    };
    const lines = await look(tenant, { fetch: dropsOrganization, jwks: undefined });
    expect(wrong(lines)).toEqual(['target.shop.login_route']);
    expect(lineOf(lines, 'target.shop.login_route').found).toBe('organization dropped');
  });

  it('an app that uses the implicit flow is named', async () => {
    const tenant = await healthyTenant();
    const { fetch: healthy } = await patientOf(tenant);
    const implicit: typeof fetch = async (input) => {
      const location = (await healthy(input)).headers.get('location') ?? '';
      return new Response(null, {
        status: 302,
        headers: { location: location.replace('=code', '=id_token') },
      });
    };
    const lines = await look(tenant, { fetch: implicit, jwks: undefined });
    expect(wrong(lines)).toEqual(['target.shop.flow']);
  });

  it('a login Action that asks for a second factor is named, one that looks at the actor is not', async () => {
    const tenant = await healthyTenant();
    const [audit] = tenant.data.actions;
    if (!audit) {
      throw new Error('The company has no Action.');
    }
    audit.code =
      'exports.onExecutePostLogin = async (e, api) => { api.authentication.challengeWith({ type: "otp" }); };';
    const lines = await look(tenant);
    expect(wrong(lines)).toEqual(['login.Audit']);
    expect(exitCodeOf(lines)).toBe(1);
    audit.code = `if (event.session?.actor) return; ${audit.code}`;
    expect(wrong(await look(tenant))).toEqual([]);
  });

  it('a proxy that hides the agents’ addresses is named', async () => {
    const tenant = await healthyTenant();
    const { settings } = await patientOf(tenant);
    const lines = await look(tenant, { settings: { ...settings, trustedProxies: [] } });
    expect(wrong(lines)).toEqual(['config.trustedProxies']);
  });

  it('one domain for agents and customers is named', async () => {
    const tenant = await healthyTenant();
    const { settings } = await patientOf(tenant);
    const targetApps = {
      shop: { ...settings.targetApps['shop'], loginDomain: 'agents.company.example' },
    };
    const lines = await look(tenant, { settings: { ...settings, targetApps } });
    expect(wrong(lines)).toEqual(['target.shop.domain']);
  });

  it('a backend that signs with another key is named', async () => {
    const tenant = await healthyTenant();
    const lines = await look(tenant, { jwks: '{"keys":[{"kid":"another"}]}' });
    expect(wrong(lines)).toEqual(['key']);
  });

  it('an application that is gone is named once', async () => {
    const tenant = await healthyTenant();
    const { settings } = await patientOf(tenant);
    const auth0 = { ...settings.auth0, managementClientId: 'nobody' };
    const lines = await look(tenant, { settings: { ...settings, auth0 } });
    expect(wrong(lines)).toEqual(['management.exists', 'management.scope']);
  });

  it('a plan without sessions is told, and nobody has to change it', async () => {
    const tenant = await healthyTenant();
    tenant.conditions.sessionsInPlan = false;
    const lines = await look(tenant);
    expect(wrong(lines)).toEqual([]);
    expect(lineOf(lines, 'plan.sessions').state).toBe('note');
  });

  it.each([
    ['behind by a minute', () => ({ date: new Date(Date.now() + 60_000).toUTCString() }), 'clock'],
    ['out of calls', () => ({ 'x-ratelimit-remaining': '0' }), 'rate'],
  ])('a tenant or machine that is %s is named', async (_what, headersNow, id) => {
    const tenant = await healthyTenant();
    const { api } = await patientOf(tenant);
    const lines = await look(tenant, {
      api: {
        ...api,
        lastHeaders: () => {
          const headers = new Headers(headersNow());
          return {
            date: headers.get('date'),
            rateRemaining: headers.get('x-ratelimit-remaining'),
            rateReset: null,
          };
        },
      },
    });
    expect(wrong(lines)).toEqual([id]);
  });
});

it('keys that the Action fetches from an address are told, not refused', async () => {
  const tenant = await healthyTenant();
  const action = tenant.data.actions.find(
    ({ name }) => name === 'understudy-custom-token-exchange',
  );
  for (const secret of action?.secrets ?? []) {
    if (secret.name === 'SUBJECT_TOKEN_JWKS') {
      secret.name = 'SUBJECT_TOKEN_JWKS_URI';
    }
  }
  const lines = await look(tenant);
  expect(wrong(lines)).toEqual([]);
  expect(lineOf(lines, 'action.exchange.secrets')).toMatchObject({
    state: 'note',
    found: 'SUBJECT_TOKEN_JWKS_URI',
  });
});

it('a token that may not read something hides nothing else', async () => {
  const tenant = await healthyTenant();
  const refusing = createManagementApi({
    domain: 'company.eu.auth0.example',
    token: 'opaque',
    fetch: async () =>
      Response.json({ statusCode: 403, message: 'Insufficient scope' }, { status: 403 }),
    delay: async () => undefined,
    clock: () => new Date(),
  });
  const { api } = await patientOf(tenant);
  const lines = await look(tenant, {
    api: {
      ...api,
      list: (path, name, paging) =>
        path.startsWith('/roles')
          ? refusing.list(path, name, paging)
          : api.list(path, name, paging),
    },
  });
  const unread = lines.filter(({ id }) => id.startsWith('unread.'));
  expect(unread.map(({ id }) => id)).toEqual(['unread.roles', 'unread.agents']);
  expect(unread[0]?.found).toContain('403');
  expect(wrong(lines)).toEqual([]);
});

it('the report prints each way to repair what is wrong', async () => {
  const tenant = await healthyTenant();
  const app = tenant.data.resourceServers.find(({ name }) => name === 'Understudy');
  if (app) {
    app.allow_offline_access = false;
  }
  const lines = await look(tenant);
  const report = printReport(lines.filter(({ id }) => id === 'api.allow_offline_access'));
  expect(report).toBe(
    [
      '✗ The API: allow_offline_access [error]',
      '    found      false',
      '    wanted     true',
      '    Without refresh tokens the agent signs in again whenever the ID token gets old.',
      `    API        PATCH /api/v2/resource-servers/${app?.id} {"allow_offline_access":true}`,
      '    deploy-cli resourceServers: [{"name":"Understudy","identifier":"https://understudy.company.example","allow_offline_access":true}]',
      '    Terraform  auth0_resource_server: allow_offline_access = true',
      '    dashboard  Applications → APIs → (the API) → Settings → Allow Offline Access',
      '',
      '0 right, 1 wrong, 0 to know, 0 not looked at',
    ].join('\n'),
  );
  expect(exitCodeOf(lines)).toBe(2);
});
