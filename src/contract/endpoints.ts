import type * as z from 'zod/mini';
import { meSchema } from './agent.ts';
import { customerDetailsSchema, customersSchema } from './customer.ts';
import { discoverySchema } from './discovery.ts';
import { endedLaunchSchema, issuedLaunchSchema, launchesSchema, launchSchema } from './launch.ts';
import { launchPreviewSchema } from './launch-preview.ts';
import { ownSessionSchema } from './own-session.ts';
import type { Permission } from './permissions.ts';
import { recordMatchesSchema } from './record.ts';
import { targetAppsSchema } from './target-app.ts';

/** One call of the contract: where it is, who may make it, and what it answers. */
export type Endpoint = {
  readonly method: 'GET' | 'POST';
  /** Path with `{name}` for parameters, each URL-encoded by the caller. */
  readonly path: `/${string}`;
  /** `public` needs no access token, `agent` any valid one, else the permission named. */
  readonly access: 'public' | 'agent' | Permission;
  /** The status of an answer that is no refusal. */
  readonly status: 200 | 201;
  readonly reply: z.ZodMiniType;
};

/**
 * The calls that the extension makes. Its client is made from this table and the backend registers its
 * routes from it, so a route cannot be without its declared access. What only the backend needs stands in
 * `src/backend/http/operations.ts`, because this file ships to every browser.
 */
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
    status: 200,
    reply: customersSchema,
  },
  customersByRecord: {
    method: 'GET',
    path: '/v1/customers/by-record',
    access: 'read:customers',
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
    status: 201,
    reply: issuedLaunchSchema,
  },
  previewLaunch: {
    method: 'POST',
    path: '/v1/launches/preview',
    access: 'impersonate:customers',
    status: 200,
    reply: launchPreviewSchema,
  },
  recordOwnSession: {
    method: 'POST',
    path: '/v1/own-sessions',
    access: 'agent',
    status: 201,
    reply: ownSessionSchema,
  },
  launches: {
    method: 'GET',
    path: '/v1/launches',
    access: 'agent',
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
} as const satisfies Record<string, Endpoint>;
