import { describe, expect, it } from 'vitest';
import { previewLaunch } from '../../../../src/backend/launch/preview-launch.ts';
import { requestLaunch } from '../../../../src/backend/launch/request-launch.ts';
import type { LoadedCustomer } from '../../../../src/backend/ports/customer-directory.ts';
import type { LaunchPreviewRequest } from '../../../../src/contract/launch-preview.ts';
import { CUSTOMER, customerId, organizationId, REQUEST, targetAppId } from '../fixtures.ts';
import { CALLER, createLaunchFixture } from './launch-fixture.ts';

const { id: _id, actorToken: _actorToken, ...REQUESTED } = REQUEST;

const preview = async (
  request: Partial<LaunchPreviewRequest> = {},
  customer: LoadedCustomer | undefined = CUSTOMER,
) => {
  const { deps, entries, askTenant } = createLaunchFixture();
  const recentFacts = { ...deps.recentFacts, customer: async () => customer };
  const answer = await previewLaunch({ ...deps, recentFacts }, CALLER, {
    ...REQUESTED,
    ...request,
  });
  expect(entries).toEqual([]);
  expect(askTenant).not.toHaveBeenCalled();
  return answer;
};

describe('a preview', () => {
  it('of a launch that would be issued has no needs and no refusal', async () => {
    expect(await preview()).toEqual({
      grant: { mode: 'full', minutes: 120 },
      needs: [],
      policies: ['built-in'],
      policyHash: 'built-in',
    });
  });

  it('names a missing reason and a malformed ticket, both at once', async () => {
    expect(await preview({ reason: '', ticket: 'four' })).toMatchObject({
      needs: ['reason', 'ticket'],
      grant: { mode: 'full', minutes: 120 },
    });
  });

  it('names the refusal that remains when the needs are met', async () => {
    expect(await preview({ reason: '', organizationId: organizationId('org_1') })).toMatchObject({
      needs: ['reason'],
      refusal: { code: 'organization_not_allowed' },
    });
  });

  it('refuses a protected customer', async () => {
    expect(await preview({}, { ...CUSTOMER, markedProtected: true })).toMatchObject({
      refusal: { code: 'customer_protected' },
    });
  });

  it('refuses everything while launches are paused', async () => {
    const { deps } = createLaunchFixture();
    const paused = { ...deps, rules: { ...deps.rules, paused: true } };
    expect(await previewLaunch(paused, CALLER, REQUESTED)).toMatchObject({
      refusal: { code: 'policy_denied' },
    });
    expect(await requestLaunch(paused, CALLER, REQUEST)).toMatchObject({ code: 'policy_denied' });
  });

  it('refuses an app that is not open to delegation', async () => {
    expect(await preview({ targetAppId: targetAppId('other') })).toMatchObject({
      refusal: { code: 'target_app_unavailable' },
    });
  });

  it('answers alike for an account that does not exist and one that is no customer', async () => {
    const unknown = await previewLaunch(
      {
        ...createLaunchFixture().deps,
        recentFacts: {
          customer: async () => undefined,
          app: async () => undefined,
          agentRoles: async () => [],
        },
      },
      CALLER,
      REQUESTED,
    );
    expect(unknown).toMatchObject({ refusal: { code: 'customer_not_found' } });
    expect(await preview({}, { ...CUSTOMER, connection: 'staff' })).toEqual(unknown);
  });

  it('refuses whom a launch refuses, and nobody else', async () => {
    const cases: Partial<LaunchPreviewRequest>[] = [
      {},
      { customerId: customerId('auth0|nobody') },
      { targetAppId: targetAppId('other') },
      { organizationId: organizationId('org_1') },
    ];
    for (const change of cases) {
      const { deps } = createLaunchFixture();
      const { refusal } = await previewLaunch(deps, CALLER, { ...REQUESTED, ...change });
      const launched = await requestLaunch(deps, CALLER, { ...REQUEST, ...change });
      expect(refusal?.code).toBe('code' in launched ? launched.code : undefined);
    }
  });
});
