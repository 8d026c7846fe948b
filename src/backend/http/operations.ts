import type * as z from 'zod/mini';
import { ENDPOINTS, type Endpoint } from '../../contract/endpoints.ts';
import { launchEventSchema, launchRequestSchema } from '../../contract/launch-request.ts';
import { ledgerRowSchema } from '../../contract/ledger.ts';
import type { Permission } from '../../contract/permissions.ts';

/** A call as the API's description tells of it. */
export type Operation = Endpoint & {
  /** `public` needs no access token, `agent` any valid one, else the permission named. */
  readonly access: 'public' | 'agent' | Permission;
  readonly query?: readonly string[];
  readonly summary: string;
  readonly request?: z.ZodMiniType;
  /** Default: `application/json`. */
  readonly replyType?: string;
};

/** All calls of the API by their operation ids: the contract's, and those that only people and programs make. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  discovery: {
    ...ENDPOINTS.discovery,
    access: 'public',
    summary: 'All that an extension needs to sign an agent in',
  },
  me: {
    ...ENDPOINTS.me,
    access: 'agent',
    summary: 'The signed-in agent, their permissions, and what a launch must carry',
  },
  targetApps: {
    ...ENDPOINTS.targetApps,
    access: 'agent',
    summary: 'The apps that this agent can open',
  },
  customers: {
    ...ENDPOINTS.customers,
    access: 'read:customers',
    query: ['q', 'ids', 'limit'],
    summary: 'Customers by a search term (`q`, at least 3 characters) or by `ids`',
  },
  customersByRecord: {
    ...ENDPOINTS.customersByRecord,
    access: 'read:customers',
    query: ['url', 'email'],
    summary: "The customers behind a record's `url` or an `email`, by exact match",
  },
  customer: {
    ...ENDPOINTS.customer,
    access: 'read:customers',
    summary: 'One customer with organizations and reachable apps',
  },
  requestLaunch: {
    ...ENDPOINTS.requestLaunch,
    access: 'impersonate:customers',
    request: launchRequestSchema,
    summary: 'Ask for a session transfer token to act as a customer in an app',
  },
  launches: {
    ...ENDPOINTS.launches,
    access: 'agent',
    query: ['state'],
    summary:
      "The agent's own launches, with `read:launches` everybody's; `state=active` gives those that may still have a session",
  },
  launch: {
    ...ENDPOINTS.launch,
    access: 'agent',
    summary: "One launch: the agent's own, with `read:launches` anybody's",
  },
  reportLaunchEvent: {
    ...ENDPOINTS.reportLaunchEvent,
    access: 'agent',
    request: launchEventSchema,
    summary: 'What became of an issued launch, told by its owner',
  },
  endLaunch: {
    ...ENDPOINTS.endLaunch,
    access: 'agent',
    summary: "End a launch's session at the tenant: one's own, with `end:launches` anybody's",
  },
  ledger: {
    method: 'GET',
    path: '/v1/ledger',
    access: 'read:ledger',
    status: 200,
    reply: ledgerRowSchema,
    replyType: 'application/x-ndjson',
    summary: 'The whole ledger, one row a line',
  },
};
