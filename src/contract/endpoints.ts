import type * as z from 'zod/mini';
import { meSchema } from './agent.ts';
import { customerDetailsSchema, customersSchema } from './customer.ts';
import { discoverySchema } from './discovery.ts';
import {
  endedLaunchSchema,
  issuedLaunchSchema,
  launchEventSchema,
  launchesSchema,
  launchRequestSchema,
  launchSchema,
} from './launch.ts';
import { ledgerRowSchema } from './ledger.ts';
import type { Permission } from './permissions.ts';
import { recordMatchesSchema } from './record.ts';
import { targetAppsSchema } from './target-app.ts';

/** One call of the contract: what it takes, what it answers, and which permission it needs. */
export type Endpoint = {
  readonly method: 'GET' | 'POST';
  /** Path with `{name}` for parameters, each URL-encoded by the caller. */
  readonly path: `/${string}`;
  readonly summary: string;
  /** `public` needs no access token, `agent` any valid one, else the permission named. */
  readonly access: 'public' | 'agent' | Permission;
  readonly query?: readonly string[];
  readonly request?: z.ZodMiniType;
  readonly status: number;
  readonly reply: z.ZodMiniType;
  /** Default: `application/json`. */
  readonly replyType?: string;
};

/** The calls of `/v1`; the OpenAPI document and the extension's client are both made from this table. */
export const ENDPOINTS = {
  discovery: {
    method: 'GET',
    path: '/.well-known/understudy',
    summary: 'All that an extension needs to sign an agent in',
    access: 'public',
    status: 200,
    reply: discoverySchema,
  },
  me: {
    method: 'GET',
    path: '/v1/me',
    summary: 'The signed-in agent, their permissions, and what a launch must carry',
    access: 'agent',
    status: 200,
    reply: meSchema,
  },
  targetApps: {
    method: 'GET',
    path: '/v1/target-apps',
    summary: 'The apps that this agent can open',
    access: 'agent',
    status: 200,
    reply: targetAppsSchema,
  },
  customers: {
    method: 'GET',
    path: '/v1/customers',
    summary: 'Customers by a search term (`q`, at least 3 characters) or by `ids`',
    access: 'read:customers',
    query: ['q', 'ids', 'limit'],
    status: 200,
    reply: customersSchema,
  },
  customersByRecord: {
    method: 'GET',
    path: '/v1/customers/by-record',
    summary: "The customers behind a record's `url` or an `email`, by exact match",
    access: 'read:customers',
    query: ['url', 'email'],
    status: 200,
    reply: recordMatchesSchema,
  },
  customer: {
    method: 'GET',
    path: '/v1/customers/{id}',
    summary: 'One customer with organizations and reachable apps',
    access: 'read:customers',
    status: 200,
    reply: customerDetailsSchema,
  },
  requestLaunch: {
    method: 'POST',
    path: '/v1/launches',
    summary: 'Ask for a session transfer token to act as a customer in an app',
    access: 'impersonate:customers',
    request: launchRequestSchema,
    status: 201,
    reply: issuedLaunchSchema,
  },
  launches: {
    method: 'GET',
    path: '/v1/launches',
    summary:
      "The agent's own launches, with `read:launches` everybody's; `state=active` gives those that may still have a session",
    access: 'agent',
    query: ['state'],
    status: 200,
    reply: launchesSchema,
  },
  launch: {
    method: 'GET',
    path: '/v1/launches/{id}',
    summary: "One launch: the agent's own, with `read:launches` anybody's",
    access: 'agent',
    status: 200,
    reply: launchSchema,
  },
  reportLaunchEvent: {
    method: 'POST',
    path: '/v1/launches/{id}/events',
    summary: 'What became of an issued launch, told by its owner',
    access: 'agent',
    request: launchEventSchema,
    status: 200,
    reply: launchSchema,
  },
  endLaunch: {
    method: 'POST',
    path: '/v1/launches/{id}/end',
    summary: "End a launch's session at the tenant: one's own, with `end:launches` anybody's",
    access: 'agent',
    status: 200,
    reply: endedLaunchSchema,
  },
  ledger: {
    method: 'GET',
    path: '/v1/ledger',
    summary: 'The whole ledger, one row a line',
    access: 'read:ledger',
    status: 200,
    reply: ledgerRowSchema,
    replyType: 'application/x-ndjson',
  },
} as const satisfies Record<string, Endpoint>;
