import { ManagementClient } from 'auth0';

/** Run as a process of its own, since Node reads `NODE_EXTRA_CA_CERTS` at its start only. */
const environment = (name: string): string => process.env[name] ?? '';

const client = new ManagementClient({
  domain: environment('DOMAIN'),
  clientId: environment('CLIENT_ID'),
  clientSecret: environment('CLIENT_SECRET'),
});
const shopId = environment('SHOP_ID');
const customerId = environment('CUSTOMER_ID');

const collect = async <T>(pages: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of pages) {
    all.push(item);
  }
  return all;
};
const statusOf = (call: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(call).then(
    () => 200,
    (error: unknown) => (error as { statusCode?: number }).statusCode,
  );

const clients = await collect(await client.clients.list({ per_page: 2 }));
const shop = await client.clients.get(shopId);
const connections = async () =>
  (await collect(await client.clients.connections.get(shopId))).map((each) => each.name);
const shopConnections = await connections();
const search = await client.users.list({
  q: 'name:*lindqvist* AND identities.connection:("customers" OR "partners")',
  search_engine: 'v3',
  per_page: 10,
});
const customer = await client.users.get(customerId, { fields: 'user_id,email' });
const organizations = await collect(await client.users.organizations.list(customerId));
const organization = await client.organizations.get(String(organizations[0]?.id));
const roles = await collect(await client.users.roles.list(customerId));
const patched = await client.clients.update(shopId, {
  session_transfer: { delegation: { allow_delegated_access: false } },
});
const flagged = await client.users.update(customerId, {
  app_metadata: { understudy_protected: true },
});
const [staff] = await collect(await client.connections.list({ name: 'staff' }));
await client.connections.clients.update(String(staff?.id), [{ client_id: shopId, status: false }]);
const sessionOwnerId = environment('SESSION_OWNER_ID');
const sessions = await collect(await client.users.sessions.list(sessionOwnerId, { take: 1 }));
const session = await client.sessions.get(String(sessions[0]?.id));
const deletion = await client.sessions.delete(String(sessions[0]?.id)).withRawResponse();
await client.users.sessions.delete(sessionOwnerId);
const missingSession = await statusOf(client.sessions.get('nobody'));
const logs = await client.logs.list({ search: 'type:seccft', per_page: 5 });

process.stdout.write(
  JSON.stringify({
    clientNames: clients.map((each) => each.name),
    shop: {
      name: shop.name,
      delegation: shop.session_transfer?.delegation?.allow_delegated_access,
      secret: 'client_secret' in shop,
    },
    shopConnections,
    found: search.data.map((user) => user.name),
    total: search.response.total,
    customer: { email: customer.email, fields: Object.keys(customer).sort() },
    missing: await statusOf(client.users.get('auth0|nobody')),
    badQuery: await statusOf(client.users.list({ q: 'name:[a TO b]', search_engine: 'v3' })),
    organizations: organizations.map((each) => each.id),
    organization: organization.display_name,
    roles,
    afterPatch: patched.session_transfer?.delegation?.allow_delegated_access,
    protectedNow: flagged.app_metadata?.['understudy_protected'],
    shopConnectionsAfter: await connections(),
    sessions: sessions.length,
    session: {
      user: session.user_id,
      expiresAfterCreation: String(session.expires_at) > String(session.created_at),
      device: session.device?.initial_ip,
      clients: session.clients,
    },
    deletion: deletion.rawResponse.status,
    missingSession,
    logTypes: [...new Set(logs.data.map((entry) => entry.type))],
  }),
);
