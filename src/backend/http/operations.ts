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
  readonly status: number;
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
    status: 200,
    summary: 'All that an extension needs to sign an agent in',
  },
  me: {
    ...ENDPOINTS.me,
    access: 'agent',
    status: 200,
    summary: 'The signed-in agent, their permissions, and what a launch must carry',
  },
  targetApps: {
    ...ENDPOINTS.targetApps,
    access: 'agent',
    status: 200,
    summary: 'The apps that this agent can open',
  },
  customers: {
    ...ENDPOINTS.customers,
    access: 'read:customers',
    status: 200,
    query: ['q', 'ids', 'limit'],
    summary: 'Customers by a search term (`q`, at least 3 characters) or by `ids`',
  },
  customersByRecord: {
    ...ENDPOINTS.customersByRecord,
    access: 'read:customers',
    status: 200,
    query: ['url', 'email'],
    summary: "The customers behind a record's `url` or an `email`, by exact match",
  },
  customer: {
    ...ENDPOINTS.customer,
    access: 'read:customers',
    status: 200,
    summary: 'One customer with organizations and reachable apps',
  },
  requestLaunch: {
    ...ENDPOINTS.requestLaunch,
    access: 'impersonate:customers',
    status: 201,
    request: launchRequestSchema,
    summary: 'Ask for a session transfer token to act as a customer in an app',
  },
  launches: {
    ...ENDPOINTS.launches,
    access: 'agent',
    status: 200,
    query: ['state'],
    summary:
      "The agent's own launches, with `read:launches` everybody's; `state=active` gives those that may still have a session",
  },
  launch: {
    ...ENDPOINTS.launch,
    access: 'agent',
    status: 200,
    summary: "One launch: the agent's own, with `read:launches` anybody's",
  },
  reportLaunchEvent: {
    ...ENDPOINTS.reportLaunchEvent,
    access: 'agent',
    status: 200,
    request: launchEventSchema,
    summary: 'What became of an issued launch, told by its owner',
  },
  endLaunch: {
    ...ENDPOINTS.endLaunch,
    access: 'agent',
    status: 200,
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
