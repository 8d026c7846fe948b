import { isIP } from 'node:net';
import type { CedarValueJson, EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { Grant } from '../../../contract/grant.ts';
import type { PolicyAgent, PolicyFacts } from '../../ports/company-policy.ts';

/** What Cedar is asked, in its own JSON. */
export type CedarQuestion = {
  readonly principal: { type: string; id: string };
  readonly action: { type: string; id: string };
  readonly resource: { type: string; id: string };
  readonly context: Record<string, CedarValueJson>;
  readonly entities: EntityJson[];
};

/** The one action that rules decide about. */
export const ACT_AS = { type: 'Action', id: 'actAs' };

const agentEntity = ({ id, roles, attributes }: PolicyAgent): EntityJson => ({
  uid: { type: 'Agent', id },
  attrs: { ...attributes },
  parents: roles.map((role) => ({ type: 'Role', id: role })),
});

const agentEntities = (agent: PolicyAgent, approver: PolicyAgent | undefined): EntityJson[] =>
  approver === undefined || approver.id === agent.id
    ? [agentEntity(agent)]
    : [agentEntity(agent), agentEntity(approver)];

/**
 * Translates a launch into a question to Cedar. Text is sent as text, never as Cedar's syntax. What is not known
 * is left out, so a rule that looks at it without asking whether it is there does not pass validation.
 * @see docs/policy.md, "What a rule can look at"
 */
export const cedarQuestion = (facts: PolicyFacts, grant: Grant): CedarQuestion => {
  const { agent, approver, customer, organizationId, network, authClass, at } = facts;
  const version = network === undefined ? 0 : isIP(network);
  return {
    principal: { type: 'Agent', id: agent.id },
    action: ACT_AS,
    resource: { type: 'Customer', id: customer.id },
    context: {
      app: facts.targetAppId,
      ...(organizationId !== undefined && {
        organization: { __entity: { type: 'Organization', id: organizationId } },
      }),
      mode: grant.mode,
      minutes: grant.minutes,
      reasonGiven: facts.reasonGiven,
      ticketGiven: facts.ticketGiven,
      time: { __extn: { fn: 'datetime', arg: at.toISOString() } },
      localHour: facts.localHour,
      weekday: facts.weekday,
      launchesLastHour: facts.launchesLastHour,
      activeSessions: facts.activeSessions,
      authAgeSeconds: facts.authAgeSeconds,
      authMethods: [...facts.authMethods],
      ...(authClass !== undefined && { authClass }),
      ...(version !== 0 && { network: { __extn: { fn: 'ip', arg: network ?? '' } } }),
      ...(approver && { approvedBy: { __entity: { type: 'Agent', id: approver.id } } }),
    },
    entities: [
      ...agentEntities(agent, approver),
      {
        uid: { type: 'Customer', id: customer.id },
        attrs: { connection: customer.connection, ...customer.attributes },
        parents: customer.organizations.map(({ id }) => ({ type: 'Organization', id })),
      },
      ...customer.organizations.map(({ id, name }) => ({
        uid: { type: 'Organization', id },
        attrs: { name },
        parents: [],
      })),
    ],
  };
};
