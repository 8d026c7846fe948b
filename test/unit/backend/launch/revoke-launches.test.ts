import { describe, expect, it } from 'vitest';
import { requestLaunch } from '../../../../src/backend/launch/request-launch.ts';
import { revokeLaunches } from '../../../../src/backend/launch/revoke-launches.ts';
import type { LoadedCustomer } from '../../../../src/backend/ports/customer-directory.ts';
import type { AgentStanding } from '../../../../src/backend/ports/tenant.ts';
import { TenantUnavailableError } from '../../../../src/backend/ports/tenant-errors.ts';
import { createFakeTenant } from '../fake-tenant.ts';
import { CUSTOMER, LAUNCH, REQUEST } from '../fixtures.ts';
import { CALLER, createLaunchFixture } from './launch-fixture.ts';

const AGENT_ROLES = ['Support Agent'];
const GOOD: AgentStanding = { isBlocked: false, roles: ['support agent '] };

const sweep = async (
  standing: () => Promise<AgentStanding | undefined>,
  customer: LoadedCustomer | undefined = CUSTOMER,
  permissions: readonly string[] = ['impersonate:customers'],
) => {
  const { agents } = createFakeTenant();
  const { deps } = createLaunchFixture({
    tenant: createFakeTenant({
      agents: { ...agents, standing, permissions: async () => permissions },
    }),
  });
  await requestLaunch(deps, CALLER, REQUEST);
  const customers = { ...deps.customers, load: async () => customer };
  const revoked = await revokeLaunches({
    ...deps,
    customers,
    agentRoles: AGENT_ROLES,
    isStopping: () => false,
  });
  return { revoked, launch: (await deps.ledger.findLaunch(LAUNCH))?.launch };
};

describe('a sweep', () => {
  it('leaves the launch of an agent and a customer in good standing alone', async () => {
    expect(await sweep(async () => GOOD)).toMatchObject({
      revoked: 0,
      launch: { state: 'issued' },
    });
  });

  it.each<[string, AgentStanding | undefined]>([
    ['was blocked', { ...GOOD, isBlocked: true }],
    ['lost their role', { ...GOOD, roles: ['Trainee'] }],
    ['was deleted', undefined],
  ])('ends the launch of an agent who %s', async (_name, standing) => {
    expect(await sweep(async () => standing)).toMatchObject({
      revoked: 1,
      launch: { state: 'ended', cause: 'revoked' },
    });
  });

  it('ends the launch of an agent who lost the permission and kept the role', async () => {
    expect(await sweep(async () => GOOD, CUSTOMER, ['read:customers'])).toMatchObject({
      revoked: 1,
      launch: { state: 'ended', cause: 'revoked' },
    });
  });

  it.each<[string, Partial<LoadedCustomer>]>([
    ['was marked as protected', { markedProtected: true }],
    ['got a protected role', { roles: ['Administrator'] }],
    ['was linked to a staff account', { otherConnections: ['staff'] }],
  ])('ends the launch as a customer who %s', async (_name, changes) => {
    expect(await sweep(async () => GOOD, { ...CUSTOMER, ...changes })).toMatchObject({
      launch: { state: 'ended', cause: 'revoked' },
    });
  });

  it('leaves a launch open when the tenant cannot be asked', async () => {
    const down = () => Promise.reject(new TenantUnavailableError('down'));
    expect(await sweep(down)).toMatchObject({ revoked: 0, launch: { state: 'issued' } });
  });
});
