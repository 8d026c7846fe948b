import { afterAll, beforeAll, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn } from './agent-client.ts';
import { createTenantLevers, type TenantLevers } from './tenant-levers.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps } = endpoints;
const shop = targetApps.find(({ kind }) => kind === 'express');
const desk = targetApps.find(({ kind }) => kind === 'spa');

let levers: TenantLevers;
let agent: AgentClient;
beforeAll(async () => {
  levers = await createTenantLevers(endpoints);
  agent = createAgentClient(endpoints, await signIn(endpoints, accounts.agent));
});
afterAll(() => levers.reset());

/**
 * Gives a member whom nothing protects yet: a launch as them succeeds. That launch is in the organization, whose roles
 * the backend then asks for anew; of other organizations it may know them ten minutes long. So nobody is taken whom
 * another test launches as, such as the demo customer.
 */
const findLaunchableMember = async (organizationId: string): Promise<string> => {
  const members = (await levers.call('GET', `/organizations/${organizationId}/members`)) as {
    user_id: string;
  }[];
  const refusals: unknown[] = [];
  for (const { user_id: customerId } of members.toReversed()) {
    if (customerId === accounts.customer.id) {
      continue;
    }
    const place = { targetAppId: desk?.id, organizationId };
    const { status, body } = await agent.launch({ customerId, ...place });
    if (status === 201) {
      return customerId;
    }
    refusals.push([status, body.code]);
  }
  throw new Error(`No other member can be launched as: ${JSON.stringify(refusals)}`);
};

it('a protected role that a customer holds in one organization protects them in every launch', async () => {
  const [organizationId = ''] = accounts.customer.organizations;
  const customerId = await findLaunchableMember(organizationId);
  const roles = (await levers.call('GET', '/roles')) as { id: string; name: string }[];
  const administrator = roles.find(({ name }) => name === 'Administrator');
  const path = `/organizations/${organizationId}/members/${encodeURIComponent(customerId)}/roles`;
  await levers.call('POST', path, { roles: [administrator?.id] });
  const answer = await agent.launch({ customerId, targetAppId: shop?.id });
  expect([answer.status, answer.body.code]).toEqual([403, 'customer_protected']);
});
