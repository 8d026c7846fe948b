import {
  agentIdSchema,
  customerIdSchema,
  organizationIdSchema,
  targetAppIdSchema,
} from '../../../contract/ids.ts';
import type { PolicyFacts } from '../../ports/company-policy.ts';

/** The attributes that the configuration maps, by name. */
export type AttributeNames = {
  readonly agent: readonly string[];
  readonly customer: readonly string[];
};

const everyOne = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'x']));

const ORGANIZATION = {
  id: organizationIdSchema.parse('org_example'),
  name: 'example',
  displayName: 'Example',
};

/**
 * The two extremes of what the backend asks: a launch of which everything is known, and one of which as little
 * as possible is. A schema that accepts both accepts every question.
 */
export const exampleFacts = ({ agent, customer }: AttributeNames): readonly PolicyFacts[] => {
  const least: PolicyFacts = {
    agent: { id: agentIdSchema.parse('auth0|agent'), roles: [], attributes: {} },
    customer: {
      id: customerIdSchema.parse('auth0|customer'),
      connection: 'customers',
      organizations: [],
      attributes: {},
    },
    targetAppId: targetAppIdSchema.parse('app'),
    reasonGiven: false,
    ticketGiven: false,
    launchesLastHour: 0,
    activeSessions: 0,
    authAgeSeconds: 0,
    authMethods: [],
    at: new Date(0),
    localHour: 0,
    weekday: 1,
  };
  const most: PolicyFacts = {
    ...least,
    agent: { ...least.agent, roles: ['role'], attributes: everyOne(agent) },
    customer: {
      ...least.customer,
      organizations: [ORGANIZATION],
      attributes: everyOne(customer),
    },
    organizationId: ORGANIZATION.id,
    authMethods: ['mfa'],
    authClass: 'urn:example',
    network: '203.0.113.7',
    approver: {
      id: agentIdSchema.parse('auth0|approver'),
      roles: ['role'],
      attributes: everyOne(agent),
    },
  };
  return [least, most];
};
