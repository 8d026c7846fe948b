import * as z from 'zod/mini';
import type { Endpoints } from '../../../../src/commands/sandbox-process.ts';
import { createTenantLevers } from '../../launch/tenant-levers.ts';

const usersSchema = z.array(
  z.object({
    user_id: z.string(),
    email: z.string(),
    identities: z.array(z.object({ connection: z.string() })),
  }),
);

/**
 * Gives the ids of several hundred customers, straight from the tenant. For as many launches at once: two launches of
 * one customer would take each other's place.
 */
export const manyCustomers = async (endpoints: Endpoints): Promise<readonly string[]> => {
  const levers = await createTenantLevers(endpoints);
  const pages = await Promise.all(
    [0, 1, 2, 3, 4].map((page) => levers.call('GET', `/users?per_page=100&page=${page}`)),
  );
  return pages
    .flatMap((page) => usersSchema.parse(page))
    .filter(
      ({ email, identities }) =>
        /\d@mail\.example$/.test(email) &&
        identities.every(({ connection }) => connection === 'customers'),
    )
    .map(({ user_id }) => user_id);
};
