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
    reply: discoverySchema,
  },
  me: {
    method: 'GET',
    path: '/v1/me',
    reply: meSchema,
  },
  targetApps: {
    method: 'GET',
    path: '/v1/target-apps',
    reply: targetAppsSchema,
  },
  customers: {
    method: 'GET',
    path: '/v1/customers',
    reply: customersSchema,
  },
  customersByRecord: {
    method: 'GET',
    path: '/v1/customers/by-record',
    reply: recordMatchesSchema,
  },
  customer: {
    method: 'GET',
    path: '/v1/customers/{id}',
    reply: customerDetailsSchema,
  },
  requestLaunch: {
    method: 'POST',
    path: '/v1/launches',
    reply: issuedLaunchSchema,
  },
  launches: {
    method: 'GET',
    path: '/v1/launches',
    reply: launchesSchema,
  },
  launch: {
    method: 'GET',
    path: '/v1/launches/{id}',
    reply: launchSchema,
  },
  reportLaunchEvent: {
    method: 'POST',
    path: '/v1/launches/{id}/events',
    reply: launchSchema,
  },
  endLaunch: {
    method: 'POST',
    path: '/v1/launches/{id}/end',
    reply: endedLaunchSchema,
  },
} as const satisfies Record<string, Endpoint>;
