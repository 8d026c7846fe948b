import { expect, it } from 'vitest';
import { createManagementClient } from '../../../../../src/backend/adapters/auth0/management/management.ts';
import { createAuth0Directory } from '../../../../../src/backend/adapters/directory/auth0-directory.ts';
import { TenantBusyError } from '../../../../../src/backend/ports/tenant-errors.ts';

const USER = {
  user_id: 'auth0|nora',
  name: 'Nora',
  email: 'nora@customers.example',
  email_verified: true,
  identities: [{ connection: 'customers', user_id: 'nora' }],
};

it('a search is answered as before while the tenant is too busy, for five minutes', async () => {
  let now = 0;
  let isBusy = false;
  const directory = createAuth0Directory({
    management: createManagementClient({
      domain: 'tenant.example',
      clientId: 'client',
      authentication: { method: 'client_secret', clientSecret: 'secret' },
      fetch: async (input) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        if (pathname === '/oauth/token') {
          return Response.json({ access_token: 't', expires_in: 86_400, token_type: 'Bearer' });
        }
        const found = { start: 0, limit: 40, length: 1, total: 1, users: [USER] };
        return isBusy ? Response.json({}, { status: 429 }) : Response.json(found);
      },
    }),
    connections: ['customers'],
    metadataKey: 'understudy_protected',
    externalIdField: 'external_id',
    attributes: {},
    clock: () => new Date(now),
  });
  const names = async (term: string) =>
    (await directory.search(term, 20)).customers.map(({ name }) => name);
  expect(await names('nora')).toEqual(['Nora']);
  isBusy = true;
  now += 60_000;
  expect(await names('nora')).toEqual(['Nora']);
  await expect(names('sofia')).rejects.toThrow(TenantBusyError);
  now += 5 * 60_000;
  await expect(names('nora')).rejects.toThrow(TenantBusyError);
});
