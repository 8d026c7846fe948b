import type * as z from 'zod/mini';
import { meSchema } from './agent.ts';
import { customerDetailsSchema, customersSchema } from './customer.ts';
import { discoverySchema } from './discovery.ts';
import { endedLaunchSchema, issuedLaunchSchema, launchesSchema, launchSchema } from './launch.ts';
import { recordMatchesSchema } from './record.ts';
import { targetAppsSchema } from './target-app.ts';

/** One call of the contract: where it is and what it answers. */
export type Endpoint = {
  readonly method: 'GET' | 'POST';
  /** Path with `{name}` for parameters, each URL-encoded by the caller. */
  readonly path: `/${string}`;
  /** The status of an answer that is no refusal. */
  readonly status: 200 | 201;
  readonly reply: z.ZodMiniType;
};

/**
 * The calls that the extension makes; its client is made from this table. What only the backend needs to
 * describe them stands in `src/backend/http/operations.ts`, for this ships to every browser.
 */
export const ENDPOINTS = {
  discovery: {
    method: 'GET',
    path: '/.well-known/understudy',
    status: 200,
    reply: discoverySchema,
  },
  me: {
    method: 'GET',
    path: '/v1/me',
    status: 200,
    reply: meSchema,
  },
  targetApps: {
    method: 'GET',
    path: '/v1/target-apps',
    status: 200,
    reply: targetAppsSchema,
  },
  customers: {
    method: 'GET',
    path: '/v1/customers',
    status: 200,
    reply: customersSchema,
  },
  customersByRecord: {
    method: 'GET',
    path: '/v1/customers/by-record',
    status: 200,
    reply: recordMatchesSchema,
  },
  customer: {
    method: 'GET',
    path: '/v1/customers/{id}',
    status: 200,
    reply: customerDetailsSchema,
  },
  requestLaunch: {
    method: 'POST',
    path: '/v1/launches',
    status: 201,
    reply: issuedLaunchSchema,
  },
  launches: {
    method: 'GET',
    path: '/v1/launches',
    status: 200,
    reply: launchesSchema,
  },
  launch: {
    method: 'GET',
    path: '/v1/launches/{id}',
    status: 200,
    reply: launchSchema,
  },
  reportLaunchEvent: {
    method: 'POST',
    path: '/v1/launches/{id}/events',
    status: 200,
    reply: launchSchema,
  },
  endLaunch: {
    method: 'POST',
    path: '/v1/launches/{id}/end',
    status: 200,
    reply: endedLaunchSchema,
  },
} as const satisfies Record<string, Endpoint>;
