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
    access: 'public',
    status: 200,
    reply: discoverySchema,
  },
  me: {
    method: 'GET',
    path: '/v1/me',
    access: 'agent',
    status: 200,
    reply: meSchema,
  },
  targetApps: {
    method: 'GET',
    path: '/v1/target-apps',
    access: 'agent',
    status: 200,
    reply: targetAppsSchema,
  },
  customers: {
    method: 'GET',
    path: '/v1/customers',
    access: 'read:customers',
    query: ['q', 'ids', 'limit'],
    status: 200,
    reply: customersSchema,
  },
  customersByRecord: {
    method: 'GET',
    path: '/v1/customers/by-record',
    access: 'read:customers',
    query: ['url', 'email'],
    status: 200,
    reply: recordMatchesSchema,
  },
  customer: {
    method: 'GET',
    path: '/v1/customers/{id}',
    access: 'read:customers',
    status: 200,
    reply: customerDetailsSchema,
  },
  requestLaunch: {
    method: 'POST',
    path: '/v1/launches',
    access: 'impersonate:customers',
    request: launchRequestSchema,
    status: 201,
    reply: issuedLaunchSchema,
  },
  launches: {
    method: 'GET',
    path: '/v1/launches',
    access: 'agent',
    query: ['state'],
    status: 200,
    reply: launchesSchema,
  },
  launch: {
    method: 'GET',
    path: '/v1/launches/{id}',
    access: 'agent',
    status: 200,
    reply: launchSchema,
  },
  reportLaunchEvent: {
    method: 'POST',
    path: '/v1/launches/{id}/events',
    access: 'agent',
    request: launchEventSchema,
    status: 200,
    reply: launchSchema,
  },
  endLaunch: {
    method: 'POST',
    path: '/v1/launches/{id}/end',
    access: 'agent',
    status: 200,
    reply: endedLaunchSchema,
  },
  ledger: {
    method: 'GET',
    path: '/v1/ledger',
    access: 'read:ledger',
    status: 200,
    reply: ledgerRowSchema,
    replyType: 'application/x-ndjson',
  },
} as const satisfies Record<string, Endpoint>;
