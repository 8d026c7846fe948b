import { expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { createAgentClient, signIn } from '../launch/agent-client.ts';

const endpoints = workerEndpoints();

/** The value of one sample of the backend's metrics; 0 before it was counted. */
const sample = async (name: string): Promise<number> => {
  const text = await (await fetch(endpoints.metrics)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
};

it('a launch is counted with its calls to the tenant, a refusal by its code', async () => {
  const exchanges = 'understudy_tenant_call_seconds_count{resource="token",status="200"}';
  const users = 'understudy_tenant_call_seconds_count{resource="users",status="200"}';
  const refusals = 'understudy_refusals_total{code="reason_required"}';
  const before = await Promise.all([exchanges, users, refusals].map(sample));
  const agent = createAgentClient(endpoints, await signIn(endpoints, endpoints.accounts.agent));
  const request = {
    customerId: endpoints.accounts.customer.id,
    targetAppId: endpoints.targetApps[0]?.id,
  };

  expect(await agent.launch(request)).toMatchObject({ status: 201 });
  expect(await agent.launch({ ...request, reason: '' })).toMatchObject({ status: 422 });

  const after = await Promise.all([exchanges, users, refusals].map(sample));
  const [exchanged = 0, loaded = 0, refused = 0] = after.map(
    (value, index) => value - (before[index] ?? 0),
  );
  expect(exchanged).toBeGreaterThanOrEqual(1);
  expect(loaded).toBeGreaterThanOrEqual(1);
  expect(refused).toBe(1);
});
