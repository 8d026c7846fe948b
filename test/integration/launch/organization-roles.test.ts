import { afterAll, beforeAll, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn } from './agent-client.ts';
import { createTenantLevers, type TenantLevers } from './tenant-levers.ts';

const endpoints = workerEndpoints();
const { accounts, targetApps } = endpoints;
const shop = targetApps.find(({ kind }) => kind === 'express');

let levers: TenantLevers;
let agent: AgentClient;
beforeAll(async () => {
  levers = await createTenantLevers(endpoints);
  agent = createAgentClient(endpoints, await signIn(endpoints, accounts.agent));
});
afterAll(() => levers.reset());

/** Somebody whom no other test launches as: what the backend knows of their roles may be ten minutes old. */
const findMember = async (organizationId: string): Promise<string> => {
  const members = (await levers.call('GET', `/organizations/${organizationId}/members`)) as {
    user_id: string;
  }[];
  const member = members.findLast(({ user_id }) => user_id !== accounts.customer.id);
  if (!member) {
    throw new Error('The organization has no other member.');
  }
  return member.user_id;
};

it('a protected role that a customer holds in one organization protects them in every launch', async () => {
  const [organizationId = ''] = accounts.customer.organizations;
  const customerId = await findMember(organizationId);
  const roles = (await levers.call('GET', '/roles')) as { id: string; name: string }[];
  const administrator = roles.find(({ name }) => name === 'Administrator');
  const path = `/organizations/${organizationId}/members/${encodeURIComponent(customerId)}/roles`;
  await levers.call('POST', path, { roles: [administrator?.id] });
  const answer = await agent.launch({ customerId, targetAppId: shop?.id });
  expect([answer.status, answer.body.code]).toEqual([403, 'customer_protected']);
});
