import { exchange, order, signInAgent } from '../fixture-delegation.ts';
import { fixtureTenant } from '../fixture-tenant.ts';

/** The parameters of an exchange whose subject token says something else. */
export const told = (changes: object) => ({
  subject_token: JSON.stringify({ ...order, ...changes }),
});

/** A tenant with a signed-in agent, and the exchange's answer to overridden parameters. */
export const answerTo = async (
  overrides: Record<string, string | undefined>,
  options: Parameters<typeof fixtureTenant>[0] = {},
) => {
  const tenant = fixtureTenant(options);
  const { id_token } = await signInAgent(tenant);
  const { status, body } = await exchange(tenant, id_token, overrides);
  return { tenant, status, body };
};

/** The requesting application among the clients of a seed. */
export const requesting = (seed: { clients: { client_id: string }[] }) =>
  seed.clients.find((client) => client.client_id === 'backend');
