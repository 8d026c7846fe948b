import type { LaunchCase } from './launch-decision.ts';

/**
 * What the company's rules decided a launch by, as the ledger keeps it: texts by name, so that each is a
 * commitment of its own. What the row says anyway is left out, and so are counts, which the ledger itself has.
 * Lists and attributes are JSON.
 */
export const recordedFacts = ({
  agent,
  customer,
  authAgeSeconds,
  authMethods,
  authClass,
  approver,
}: LaunchCase['facts']): Readonly<Record<string, string>> => ({
  agentRoles: JSON.stringify(agent.roles),
  agentAttributes: JSON.stringify(agent.attributes),
  customerConnection: customer.connection,
  customerOrganizations: JSON.stringify(
    customer.organizations.map(({ id, name }) => ({ id, name })),
  ),
  customerAttributes: JSON.stringify(customer.attributes),
  authAgeSeconds: String(authAgeSeconds),
  authMethods: JSON.stringify(authMethods),
  ...(authClass !== undefined && { authClass }),
  ...(approver && { approver: JSON.stringify(approver) }),
});
