import type * as z from 'zod/mini';
import { ENDPOINTS, type Endpoint } from '../../contract/endpoints.ts';
import {
  confirmedErasureSchema,
  erasureRequestSchema,
  requestedErasureSchema,
} from '../../contract/erasure.ts';
import { evidencePackSchema } from '../../contract/evidence.ts';
import { launchPreviewRequestSchema } from '../../contract/launch-preview.ts';
import { launchEventSchema, launchRequestSchema } from '../../contract/launch-request.ts';
import { ledgerRowSchema, signedCheckpointSchema } from '../../contract/ledger.ts';
import { ownSessionRequestSchema } from '../../contract/own-session.ts';

/** What an agent's calls are counted as; each class has a limit of its own. */
export type RateClass = 'launches' | 'searches' | 'other';

/** A call as the backend registers and describes it. */
export type Operation = Endpoint & {
  /** Absent only where no agent is known: for public calls. */
  readonly rate?: RateClass;
  readonly query?: readonly string[];
  readonly summary: string;
  readonly request?: z.ZodMiniType;
  /** Default: `application/json`. */
  readonly replyType?: string;
};

/** All calls of the API by their operation ids: the contract's, and those that only people and programs make. */
export const OPERATIONS = {
  discovery: {
    ...ENDPOINTS.discovery,
    summary: 'All that an extension needs to sign an agent in',
  },
  me: {
    ...ENDPOINTS.me,
    rate: 'other',
    summary: 'The signed-in agent, their permissions, and what a launch must carry',
  },
  targetApps: {
    ...ENDPOINTS.targetApps,
    rate: 'other',
    summary: 'The apps that this agent can open',
  },
  customers: {
    ...ENDPOINTS.customers,
    rate: 'searches',
    query: ['q', 'ids', 'limit'],
    summary: 'Customers by a search term (`q`, at least 2 characters) or by `ids`',
  },
  customersByRecord: {
    ...ENDPOINTS.customersByRecord,
    rate: 'searches',
    query: ['url', 'email'],
    summary: "The customers behind a record's `url` or an `email`, by exact match",
  },
  customer: {
    ...ENDPOINTS.customer,
    rate: 'searches',
    summary: 'One customer with organizations and reachable apps',
  },
  requestLaunch: {
    ...ENDPOINTS.requestLaunch,
    rate: 'launches',
    request: launchRequestSchema,
    summary: 'Ask for a session transfer token to act as a customer in an app',
  },
  previewLaunch: {
    ...ENDPOINTS.previewLaunch,
    rate: 'searches',
    request: launchPreviewRequestSchema,
    summary: 'What a launch would still need, and whether it would be refused; nothing is issued',
  },
  recordOwnSession: {
    ...ENDPOINTS.recordOwnSession,
    rate: 'other',
    request: ownSessionRequestSchema,
    summary: 'Record that the agent opened an app as themselves',
  },
  launches: {
    ...ENDPOINTS.launches,
    rate: 'other',
    query: ['state'],
    summary:
      "The agent's own launches, with `read:launches` everybody's; `state=active` gives those that may still have a session",
  },
  launch: {
    ...ENDPOINTS.launch,
    rate: 'other',
    summary: "One launch: the agent's own, with `read:launches` anybody's",
  },
  reportLaunchEvent: {
    ...ENDPOINTS.reportLaunchEvent,
    rate: 'other',
    request: launchEventSchema,
    summary: 'What became of an issued launch, told by its owner',
  },
  endLaunch: {
    ...ENDPOINTS.endLaunch,
    rate: 'other',
    summary: "End a launch's session at the tenant: one's own, with `end:launches` anybody's",
  },
  ledger: {
    method: 'GET',
    path: '/v1/ledger',
    access: 'read:ledger',
    rate: 'searches',
    status: 200,
    reply: ledgerRowSchema,
    replyType: 'application/x-ndjson',
    summary: 'The whole ledger, one row a line',
  },
  evidence: {
    method: 'GET',
    path: '/v1/evidence',
    access: 'make:evidence',
    rate: 'searches',
    query: ['customer', 'since', 'agents', 'format'],
    status: 200,
    reply: evidencePackSchema,
    summary:
      'What the ledger has about a `customer`, with proofs; `agents=names` names agents, `format=html` is a page for people. Recorded',
  },
  requestErasure: {
    method: 'POST',
    path: '/v1/erasures',
    access: 'erase:customers',
    rate: 'other',
    status: 201,
    request: erasureRequestSchema,
    reply: requestedErasureSchema,
    summary: 'Ask for everything personal of a customer to be erased from the ledger',
  },
  confirmErasure: {
    method: 'POST',
    path: '/v1/erasures/{id}/confirm',
    access: 'erase:customers',
    rate: 'other',
    status: 200,
    reply: confirmedErasureSchema,
    summary: 'Erase what another person asked for, once its delay is over',
  },
  ledgerCheckpoint: {
    method: 'GET',
    path: '/v1/ledger/checkpoint',
    access: 'read:ledger',
    rate: 'searches',
    query: ['from'],
    status: 200,
    reply: signedCheckpointSchema,
    summary:
      'The signed state of the ledger, with the key that verifies it; with `from`, the proof that it continues the one of that many rows',
  },
} as const satisfies Readonly<Record<string, Operation>>;
