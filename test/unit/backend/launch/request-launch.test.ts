import { describe, expect, it } from 'vitest';
import { requestLaunch } from '../../../../src/backend/launch/request-launch.ts';
import { LedgerUnavailableError } from '../../../../src/backend/ports/ledger.ts';
import {
  TenantBusyError,
  TenantUnavailableError,
} from '../../../../src/backend/ports/tenant-errors.ts';
import { refuse } from '../../../../src/backend/refusal.ts';
import { AGENT, agentId, CUSTOMER, customerId, LAUNCH, REQUEST, targetAppId } from '../fixtures.ts';
import { CALLER, createLaunchFixture } from './launch-fixture.ts';

const typesOf = (entries: readonly { readonly type: string }[]) => entries.map(({ type }) => type);

const failing = () => {
  throw new LedgerUnavailableError('disk gone');
};

describe('an allowed launch', () => {
  it('gives the token with where to take it', async () => {
    const { deps } = createLaunchFixture();
    expect(await requestLaunch(deps, CALLER, REQUEST)).toEqual({
      id: LAUNCH,
      sessionTransferToken: 'secret-token',
      loginUrl: 'https://shop.example/login',
      expiresInSeconds: 60,
      sessionEndsAt: '2026-03-01T14:00:00.000Z',
      grant: { mode: 'full', minutes: 120 },
      policies: ['built-in'],
      policyHash: 'built-in',
    });
  });

  it('has its intent in the ledger before the tenant is asked, and the outcome after', async () => {
    const { deps, entries, askTenant } = createLaunchFixture();
    askTenant.mockImplementation(async () => {
      expect(typesOf(entries)).toEqual(['launch_requested']);
      return { token: 'secret-token', expiresInSeconds: 60 };
    });
    await requestLaunch(deps, CALLER, REQUEST);
    expect(typesOf(entries)).toEqual(['launch_requested', 'launch_issued']);
  });

  it('leaves a prefix of the token’s hash in the ledger, never the token', async () => {
    const { deps, entries } = createLaunchFixture();
    await requestLaunch(deps, CALLER, REQUEST);
    expect(entries[1]).toMatchObject({ tokenSha256Prefix: '930bbdc51b6aed5c' });
    expect(JSON.stringify(entries)).not.toContain('secret-token');
  });

  it('asks for the customer as loaded, not as requested', async () => {
    const { deps, askTenant } = createLaunchFixture();
    await requestLaunch(deps, CALLER, REQUEST);
    expect(askTenant.mock.calls).toEqual([
      [
        {
          launchId: LAUNCH,
          agentId: 'auth0|agent',
          actorToken: 'actor.id.token',
          agentIp: '203.0.113.7',
          customer: { id: 'auth0|nora', connection: 'customers', identityUserId: 'nora' },
          targetAppId: 'shop',
          grant: { mode: 'full', minutes: 120 },
        },
      ],
    ]);
  });
});

describe('without the ledger', () => {
  it('no intent, no call to the tenant', async () => {
    const { deps, askTenant } = createLaunchFixture();
    const ledger = { ...deps.ledger, claim: failing };
    await expect(requestLaunch({ ...deps, ledger }, CALLER, REQUEST)).rejects.toThrow('disk gone');
    expect(askTenant).not.toHaveBeenCalled();
  });

  it('no outcome, no token', async () => {
    const { deps, askTenant } = createLaunchFixture();
    const ledger = { ...deps.ledger, advance: failing };
    await expect(requestLaunch({ ...deps, ledger }, CALLER, REQUEST)).rejects.toThrow('disk gone');
    expect(askTenant).toHaveBeenCalledOnce();
  });
});

describe('one launch id', () => {
  it('yields one token among twenty requests at the same time', async () => {
    const { deps, askTenant } = createLaunchFixture();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => requestLaunch(deps, CALLER, REQUEST)),
    );
    expect(outcomes.filter((outcome) => 'sessionTransferToken' in outcome)).toHaveLength(1);
    expect(askTenant).toHaveBeenCalledOnce();
  });

  it('is used up by a refusal', async () => {
    const { deps, askTenant } = createLaunchFixture();
    await requestLaunch(deps, CALLER, { ...REQUEST, reason: '' });
    expect(await requestLaunch(deps, CALLER, REQUEST)).toMatchObject({
      code: 'launch_already_requested',
    });
    expect(askTenant).not.toHaveBeenCalled();
  });

  it('that another agent used is refused in the same words', async () => {
    const { deps } = createLaunchFixture();
    await requestLaunch(deps, CALLER, REQUEST);
    const own = await requestLaunch(deps, CALLER, REQUEST);
    const agent = { ...AGENT, id: agentId('auth0|other') };
    expect(await requestLaunch(deps, { ...CALLER, agent }, REQUEST)).toEqual(own);
  });

  it('asked for again leaves a row that names it', async () => {
    const { deps, entries } = createLaunchFixture();
    await requestLaunch(deps, CALLER, REQUEST);
    await requestLaunch(deps, CALLER, REQUEST);
    expect(entries.at(-1)).toMatchObject({
      type: 'request_refused',
      launchId: LAUNCH,
      code: 'launch_already_requested',
    });
  });
});

describe('a refusal', () => {
  const fixtures = [
    [
      'without permission',
      'permission_denied',
      () => ({ caller: { ...CALLER, agent: { ...AGENT, permissions: [] } } }),
    ],
    [
      'of an unknown customer',
      'customer_not_found',
      () => ({ request: { ...REQUEST, customerId: customerId('auth0|nobody') } }),
    ],
    [
      'of an unknown app',
      'target_app_unavailable',
      () => ({ request: { ...REQUEST, targetAppId: targetAppId('nothing') } }),
    ],
    ['by policy', 'reason_required', () => ({ request: { ...REQUEST, reason: '' } })],
    ['for a tenant out of rate', 'rate_limited', () => ({ customers: new TenantBusyError('429') })],
    [
      'for a tenant that does not answer',
      'tenant_unavailable',
      () => ({ customers: new TenantUnavailableError('timeout') }),
    ],
  ] as const;

  it.each(fixtures)(
    '%s is recorded as %s and asks the tenant for nothing',
    async (_n, code, make) => {
      const made: {
        caller?: typeof CALLER;
        request?: typeof REQUEST;
        deps?: object;
        customers?: Error;
      } = make();
      const { deps, entries, askTenant } = createLaunchFixture(made.deps);
      const failure = made.customers;
      const customers = failure
        ? { ...deps.customers, load: () => Promise.reject(failure) }
        : deps.customers;
      const outcome = await requestLaunch(
        { ...deps, customers },
        made.caller ?? CALLER,
        made.request ?? REQUEST,
      );
      expect(outcome).toMatchObject({ refused: true, code });
      expect(entries).toMatchObject([{ type: 'launch_refused', code }]);
      expect(askTenant).not.toHaveBeenCalled();
    },
  );

  it('of an actor token is recorded', async () => {
    const { deps, entries } = createLaunchFixture();
    const identityProvider = {
      ...deps.identityProvider,
      verifyActorToken: async () => refuse('actor_mismatch', 'Of another agent.'),
    };
    await requestLaunch({ ...deps, identityProvider }, CALLER, REQUEST);
    expect(entries).toMatchObject([{ type: 'launch_refused', code: 'actor_mismatch' }]);
  });

  it('names the customer in the ledger when they are known', async () => {
    const { deps, entries } = createLaunchFixture();
    await requestLaunch(deps, CALLER, { ...REQUEST, reason: '' });
    expect(entries[0]).toMatchObject({ launch: { customerName: CUSTOMER.name } });
  });
});

describe('a tenant', () => {
  it('that refuses ends the launch with its code', async () => {
    const { deps, entries, askTenant } = createLaunchFixture();
    askTenant.mockResolvedValue(refuse('setactor_required', 'No actor.'));
    expect(await requestLaunch(deps, CALLER, REQUEST)).toMatchObject({ code: 'setactor_required' });
    expect(entries.at(-1)).toMatchObject({ type: 'launch_failed', code: 'setactor_required' });
  });

  it.each([
    [new TenantUnavailableError('timeout'), 'tenant_unavailable'],
    [new TypeError('bug'), 'internal'],
  ])('that breaks with %s ends the launch as %s', async (error, code) => {
    const { deps, entries, askTenant } = createLaunchFixture();
    askTenant.mockRejectedValue(error);
    expect(await requestLaunch(deps, CALLER, REQUEST)).toMatchObject({ code });
    expect(entries.at(-1)).toMatchObject({ type: 'launch_failed', code });
  });
});
