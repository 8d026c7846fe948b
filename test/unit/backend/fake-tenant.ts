import type { Tenant } from '../../../src/backend/ports/tenant.ts';
import { APP } from './fixtures.ts';

/** A tenant with one app, an empty log and sessions that end at once; each part can be replaced. */
export const createFakeTenant = (changes: Partial<Tenant> = {}): Tenant => ({
  agents: {
    load: async () => ({ name: 'Sam', email: 'sam@example.com' }),
    standing: async () => ({ isBlocked: false, roles: ['Support Agent'] }),
    permissions: async () => ['impersonate:customers'],
  },
  apps: { list: async () => [APP], load: async (id) => (id === APP.id ? APP : undefined) },
  settings: {
    ofApp: async () => undefined,
    requestingConnections: async () => ['customers'],
    organizationConnections: async () => undefined,
  },
  log: { search: async () => ({ entries: [], more: false }) },
  sessions: { look: async () => 'gone', end: async () => 'gone' },
  ...changes,
});
