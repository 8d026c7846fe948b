import { beforeAll, describe, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentClient, createAgentClient, signIn } from './agent-client.ts';

const endpoints = workerEndpoints();
const { accounts } = endpoints;

let agent: AgentClient;
beforeAll(async () => {
  agent = createAgentClient(endpoints, await signIn(endpoints, accounts.agent));
});

describe('a customer’s record', () => {
  const byRecord = async (parameters: Record<string, string>) =>
    (await agent.get(`/v1/customers/by-record?${new URLSearchParams(parameters)}`)).body;

  it('a customer’s record in the CRM is resolved to the customer', async () => {
    const url = `${endpoints.crm}/customers/${encodeURIComponent(accounts.customer.id)}`;
    const { customers, tried } = await byRecord({ url });
    expect(customers).toMatchObject([{ id: accounts.customer.id, name: accounts.customer.name }]);
    expect(tried).toEqual({ key: 'user_id', system: 'Sandbox CRM' });
  });

  it('a customer’s record is resolved by the e-mail address, whatever its case and characters', async () => {
    const nora = await byRecord({ email: accounts.customer.email.toUpperCase() });
    expect(nora.customers).toMatchObject([{ id: accounts.customer.id }]);
    const tess = await byRecord({ email: "tess+shop.o'hara@mail.example" });
    expect(tess.customers).toMatchObject([{ name: 'Tess Plus' }]);
  });

  it('a record of nobody is an empty answer that says what was tried', async () => {
    const url = `${endpoints.crm}/mailbox/nobody@mail.example`;
    expect(await byRecord({ url })).toEqual({
      customers: [],
      tried: { key: 'email', system: 'Sandbox mailbox' },
    });
  });

  it('a record with an address with two accounts is both, told apart by their connections', async () => {
    const { customers } = await byRecord({ email: 'robin.achterberg@mail.example' });
    const connections = customers.map(({ connection }: { connection: string }) => connection);
    expect(connections.toSorted()).toEqual(['customers', 'partners']);
  });

  it('a record of somebody on the staff is nobody’s', async () => {
    expect((await byRecord({ email: accounts.supervisor.email })).customers).toEqual([]);
  });
});
