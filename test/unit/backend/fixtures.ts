import type { LaunchCase, LaunchRules } from '../../../src/backend/policy/launch-decision.ts';
import type { Agent } from '../../../src/backend/ports/agent.ts';
import type { LoadedCustomer } from '../../../src/backend/ports/customer-directory.ts';
import type { CatalogedApp } from '../../../src/backend/ports/tenant.ts';
import {
  type AgentId,
  agentIdSchema,
  type CustomerId,
  customerIdSchema,
  type LaunchId,
  launchIdSchema,
  type OrganizationId,
  organizationIdSchema,
  type TargetAppId,
  targetAppIdSchema,
} from '../../../src/contract/ids.ts';
import type { LaunchRequest } from '../../../src/contract/launch-request.ts';

export const agentId = (id: string): AgentId => agentIdSchema.parse(id);
export const customerId = (id: string): CustomerId => customerIdSchema.parse(id);
export const targetAppId = (id: string): TargetAppId => targetAppIdSchema.parse(id);
export const organizationId = (id: string): OrganizationId => organizationIdSchema.parse(id);
export const launchId = (id: string): LaunchId => launchIdSchema.parse(id);

export const LAUNCH = launchId('3f0f6f0c-6d53-4a0e-9f5e-0a3c5d8a1b2c');
export const NOW = new Date('2026-03-01T12:00:00Z');

export const AGENT: Agent = {
  id: agentId('auth0|agent'),
  permissions: ['impersonate:customers', 'read:customers'],
};

export const CUSTOMER: LoadedCustomer = {
  id: customerId('auth0|nora'),
  name: 'Nora Lindqvist',
  email: 'nora@customers.example',
  emailVerified: true,
  connection: 'customers',
  identityUserId: 'nora',
  otherConnections: [],
  markedProtected: false,
  roles: [],
  attributes: {},
  organizations: [{ id: organizationId('org_1'), name: 'acme', displayName: 'Acme' }],
};

export const APP: CatalogedApp = {
  id: targetAppId('shop'),
  name: 'Shop',
  loginUrl: 'https://shop.example/login',
  loginDomain: 'customers.example.com',
  origins: ['https://shop.example'],
  organizationUsage: 'deny',
  ways: ['delegation'],
  connections: ['customers'],
};

export const RULES: LaunchRules = {
  paused: false,
  requirements: {
    reason: { required: true, minLength: 5 },
    ticket: { required: false, pattern: '^[A-Z]+-[0-9]+$' },
  },
  isTicket: (text) => /^[A-Z]+-[0-9]+$/.test(text),
  protection: {
    roles: ['Administrator', 'Support Agent'],
    customerConnections: ['customers', 'partners'],
    linkedConnectionsAllowed: ['google-oauth2'],
  },
  limits: {},
  company: {
    ladder: [
      { mode: 'full', minutes: 120 },
      { mode: 'full', minutes: 30 },
    ],
    stepUp: { maxAgeSeconds: 300 },
    exampleApprover: { id: agentId('approver'), roles: ['Supervisor'], attributes: {} },
  },
};

/** What a company's rules are asked about: an ordinary launch on a Sunday at noon. */
export const FACTS: LaunchCase['facts'] = {
  agent: { id: AGENT.id, roles: ['Support Agent'], attributes: {} },
  customer: {
    id: CUSTOMER.id,
    connection: CUSTOMER.connection,
    organizations: CUSTOMER.organizations,
    attributes: {},
  },
  targetAppId: APP.id,
  launchesLastHour: 0,
  activeSessions: 0,
  authAgeSeconds: 60,
  authMethods: ['pwd'],
  network: '203.0.113.7',
  at: NOW,
  localHour: 12,
  weekday: 7,
};

export const REQUEST: LaunchRequest = {
  id: LAUNCH,
  customerId: CUSTOMER.id,
  targetAppId: APP.id,
  reason: 'Cannot see the invoice',
  actorToken: 'actor.id.token',
};
