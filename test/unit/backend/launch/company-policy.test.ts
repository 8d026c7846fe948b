import { describe, expect, it, vi } from 'vitest';
import { previewLaunch } from '../../../../src/backend/launch/preview-launch.ts';
import { requestLaunch } from '../../../../src/backend/launch/request-launch.ts';
import type { CompanyPolicy, PolicyFacts } from '../../../../src/backend/ports/company-policy.ts';
import type { VerifiedActor } from '../../../../src/backend/ports/identity-provider.ts';
import { refuse } from '../../../../src/backend/refusal.ts';
import { LAUNCH, launchId, NOW, REQUEST } from '../fixtures.ts';
import { fakePolicy } from '../policy/company-policies.ts';
import { actorOf, CALLER, createLaunchFixture } from './launch-fixture.ts';

const { id: _id, actorToken: _actorToken, ...REQUESTED } = REQUEST;

const withPolicy = (company: CompanyPolicy, actor: Partial<VerifiedActor> = {}) => {
  const base = createLaunchFixture();
  const verifyActorToken = async () => actorOf('actor.id.token', actor);
  const identityProvider = { ...base.deps.identityProvider, verifyActorToken };
  return { ...base, deps: { ...base.deps, identityProvider, companyPolicy: () => company } };
};

const spyPolicy = () => {
  const asked: PolicyFacts[] = [];
  const company = fakePolicy({
    id: 'spy',
    refuses: (facts) => {
      asked.push(facts);
      return false;
    },
  });
  return { asked, company };
};

const shortOnly = fakePolicy({ id: 'short', refuses: (_facts, { minutes }) => minutes > 30 });

describe("a launch under the company's rules", () => {
  it('is issued for as long as they grant, and says which rules decided', async () => {
    const { deps, askTenant } = withPolicy(shortOnly);
    expect(await requestLaunch(deps, CALLER, REQUEST)).toMatchObject({
      grant: { mode: 'full', minutes: 30 },
      sessionEndsAt: '2026-03-01T12:30:00.000Z',
      policies: ['everybody'],
      policyHash: 'fake',
    });
    expect(askTenant).toHaveBeenCalledWith(
      expect.objectContaining({ grant: { mode: 'full', minutes: 30 } }),
    );
  });

  it('is refused when less is granted than the agent was shown', async () => {
    const { deps, entries, askTenant } = withPolicy(shortOnly);
    const shown = { ...REQUEST, grant: { mode: 'full', minutes: 120 } as const };
    expect(await requestLaunch(deps, CALLER, shown)).toMatchObject({ code: 'grant_changed' });
    expect(entries).toMatchObject([{ type: 'launch_refused', code: 'grant_changed' }]);
    expect(askTenant).not.toHaveBeenCalled();
  });

  it('is refused with the rules that refuse it and their version', async () => {
    const { deps } = withPolicy(fakePolicy({ id: 'closed', refuses: () => true }));
    expect(await requestLaunch(deps, CALLER, REQUEST)).toMatchObject({
      code: 'policy_denied',
      policies: ['closed'],
      policyHash: 'fake',
    });
  });

  it('is refused while nothing can be decided by them', async () => {
    const { deps, askTenant } = createLaunchFixture({
      companyPolicy: () => refuse('policy_denied', 'This replica is behind.'),
    });
    expect(await requestLaunch(deps, CALLER, REQUEST)).toMatchObject({ code: 'policy_denied' });
    expect(askTenant).not.toHaveBeenCalled();
  });

  it('is decided by what the verified token says of the agent', async () => {
    const { asked, company } = spyPolicy();
    const { deps } = withPolicy(company, {
      roles: ['Supervisor'],
      attributes: { team: 'billing' },
      signIn: { signedInAt: new Date(NOW.getTime() - 90_500), methods: ['mfa'], authClass: 'a' },
    });
    await requestLaunch(deps, CALLER, REQUEST);
    expect(asked[0]).toMatchObject({
      agent: { id: 'auth0|agent', roles: ['Supervisor'], attributes: { team: 'billing' } },
      authAgeSeconds: 91,
      authMethods: ['mfa'],
      authClass: 'a',
      network: '203.0.113.7',
      localHour: 12,
      weekday: 7,
    });
  });

  it('takes a sign-in of unknown time for infinitely old', async () => {
    const { asked, company } = spyPolicy();
    const { deps } = withPolicy(company, { signIn: { methods: [] } });
    await requestLaunch(deps, CALLER, REQUEST);
    expect(asked[0]?.authAgeSeconds).toBe(9_007_199_254_740_991);
  });

  it('tells the tenant how old the sign-in may be, only where a rule looks at it', async () => {
    const looking = withPolicy(fakePolicy());
    await requestLaunch(looking.deps, CALLER, REQUEST);
    expect(looking.askTenant).toHaveBeenCalledWith(
      expect.objectContaining({ maxAuthAgeSeconds: 120 }),
    );
    const blind = { ...fakePolicy(), looksAt: { agent: true, signIn: false, counts: false } };
    const other = withPolicy(blind);
    await requestLaunch(other.deps, CALLER, REQUEST);
    expect(other.askTenant.mock.calls[0]?.[0]).not.toHaveProperty('maxAuthAgeSeconds');
  });

  it('counts the launches before it, refused ones not', async () => {
    const { asked, company } = spyPolicy();
    const { deps } = withPolicy(company);
    await requestLaunch(deps, CALLER, { ...REQUEST, reason: '' });
    const second = { ...REQUEST, id: launchId('a3b1d7de-31a5-4a52-9a0a-2b4a4f3b8c11') };
    await requestLaunch(deps, CALLER, second);
    const third = { ...REQUEST, id: launchId('b3b1d7de-31a5-4a52-9a0a-2b4a4f3b8c11') };
    await requestLaunch(deps, CALLER, third);
    expect(asked.map(({ launchesLastHour }) => launchesLastHour)).toEqual([0, 0, 1]);
  });
});

describe('the row that begins a launch', () => {
  const FACTS_KEPT = {
    agentRoles: '["Support Agent"]',
    agentAttributes: '{}',
    customerConnection: 'customers',
    customerOrganizations: '[{"id":"org_1","name":"acme"}]',
    customerAttributes: '{}',
    authAgeSeconds: '60',
    authMethods: '["pwd"]',
  };

  it('has the grant, the rules that decided, their version and what they looked at', async () => {
    const { deps, entries } = withPolicy(shortOnly);
    await requestLaunch(deps, CALLER, REQUEST);
    expect(entries[0]).toMatchObject({
      type: 'launch_requested',
      decision: {
        grant: { mode: 'full', minutes: 30 },
        policies: ['everybody'],
        policyHash: 'fake',
        policyFacts: FACTS_KEPT,
      },
    });
  });

  it('has the rules that refused it, and no grant', async () => {
    const { deps, entries } = withPolicy(fakePolicy({ id: 'closed', refuses: () => true }));
    await requestLaunch(deps, CALLER, REQUEST);
    expect(entries).toEqual([
      expect.objectContaining({
        type: 'launch_refused',
        decision: { policies: ['closed'], policyHash: 'fake', policyFacts: FACTS_KEPT },
      }),
    ]);
  });
});

describe('a launch over a limit of the company', () => {
  it('is refused, recorded as refused with its decision, and asks the tenant for nothing', async () => {
    const { deps, entries, askTenant } = withPolicy(shortOnly);
    const limited = { ...deps, rules: { ...deps.rules, limits: { perHour: 1 } } };
    await requestLaunch(limited, CALLER, REQUEST);
    const second = {
      ...REQUEST,
      id: launchId('a3b1d7de-31a5-4a52-9a0a-2b4a4f3b8c11'),
      organizationId: undefined,
    };
    const elsewhere = { ...CALLER, agentIp: '203.0.113.8' };
    expect(await requestLaunch(limited, elsewhere, second)).toMatchObject({
      code: 'limit_reached',
      detail: 'You may act as customers 1 times in an hour.',
    });
    expect(entries.at(-1)).toMatchObject({
      type: 'launch_refused',
      code: 'limit_reached',
      decision: { policyHash: 'fake' },
    });
    expect(askTenant).toHaveBeenCalledTimes(1);
  });

  it('is refused as well where its rules are no longer in force', async () => {
    const { deps } = withPolicy(shortOnly);
    await deps.ledger.claimPolicy('newer', false);
    expect(await requestLaunch(deps, CALLER, REQUEST)).toMatchObject({
      code: 'policy_denied',
      detail: expect.stringContaining('other rules than those in force'),
    });
  });
});

describe("a preview under the company's rules", () => {
  it('shows the grant before anything is typed', async () => {
    const { deps } = withPolicy(shortOnly);
    expect(await previewLaunch(deps, CALLER, { ...REQUESTED, reason: undefined })).toEqual({
      grant: { mode: 'full', minutes: 30 },
      needs: ['reason'],
      policies: ['everybody'],
      policyHash: 'fake',
    });
  });

  it('with an actor token decides by it, as the launch will', async () => {
    const { asked, company } = spyPolicy();
    const { deps } = withPolicy(company, { roles: ['Supervisor'] });
    await previewLaunch(deps, CALLER, { ...REQUESTED, actorToken: 'actor.id.token' });
    await requestLaunch(deps, CALLER, REQUEST);
    expect(asked[0]).toEqual(asked[1]);
  });

  it('with an actor token that is refused is refused like it', async () => {
    const { deps } = createLaunchFixture();
    const verifyActorToken = async () => refuse('actor_unavailable', 'Too old.');
    const identityProvider = { ...deps.identityProvider, verifyActorToken };
    const request = { ...REQUESTED, actorToken: 'old' };
    expect(await previewLaunch({ ...deps, identityProvider }, CALLER, request)).toMatchObject({
      refusal: { code: 'actor_unavailable' },
    });
  });

  it('without an actor token knows the roles, and nothing of the sign-in', async () => {
    const { asked, company } = spyPolicy();
    const { deps } = withPolicy(company, { roles: ['Supervisor'] });
    await previewLaunch(deps, CALLER, REQUESTED);
    expect(asked[0]).toMatchObject({
      agent: { roles: ['Support Agent'] },
      authAgeSeconds: 9_007_199_254_740_991,
    });
  });

  it('does not count a launch that would be replaced', async () => {
    const { asked, company } = spyPolicy();
    const { deps } = withPolicy(company);
    await requestLaunch(deps, CALLER, REQUEST);
    await previewLaunch(deps, CALLER, REQUESTED);
    await previewLaunch(deps, CALLER, { ...REQUESTED, replaces: [LAUNCH] });
    expect(asked.map(({ activeSessions }) => activeSessions)).toEqual([0, 1, 0]);
  });

  it("asks nobody for the agent's roles where no rule looks at them", async () => {
    const { deps } = createLaunchFixture();
    const agentRoles = vi.fn(async () => []);
    await previewLaunch(
      { ...deps, recentFacts: { ...deps.recentFacts, agentRoles } },
      CALLER,
      REQUESTED,
    );
    expect(agentRoles).not.toHaveBeenCalled();
  });
});
