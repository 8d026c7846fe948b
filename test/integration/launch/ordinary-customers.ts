import { customersSchema } from '../../../src/contract/customer.ts';
import type { AgentClient } from './agent-client.ts';

/** The ids of the sandbox's customers whom these terms find, with an ordinary account, which nothing protects. */
export const ordinaryCustomers = async (
  client: Pick<AgentClient, 'get'>,
  terms: readonly string[] = ['ma', 'an', 'be', 'jo', 'so', 'el'],
): Promise<readonly string[]> => {
  const pages = await Promise.all(
    terms.map((term) => client.get(`/v1/customers?q=${term}&limit=50`)),
  );
  const found = pages
    .flatMap(({ body }) => customersSchema.parse(body).customers)
    // They have a number in their address.
    .filter(({ email }) => /\d@mail\.example$/.test(email));
  return [...new Set(found.map(({ id }) => id))];
};
