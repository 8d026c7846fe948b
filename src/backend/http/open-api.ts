import * as z from 'zod/mini';
import { ENDPOINTS, type Endpoint } from '../../contract/endpoints.ts';
import { problemSchema } from '../../contract/problem.ts';

const jsonContent = (schema: z.ZodMiniType, io: 'input' | 'output', type = 'application/json') => ({
  [type]: { schema: z.toJSONSchema(schema, { io }) },
});

const parametersOf = ({ path, query = [] }: Endpoint) => [
  ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...query.map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } })),
];

/** What each call does, in a line. Not in the contract, which ships to every browser. */
const SUMMARIES: Readonly<Record<keyof typeof ENDPOINTS, string>> = {
  discovery: 'All that an extension needs to sign an agent in',
  me: 'The signed-in agent, their permissions, and what a launch must carry',
  targetApps: 'The apps that this agent can open',
  customers: 'Customers by a search term (`q`, at least 3 characters) or by `ids`',
  customersByRecord: "The customers behind a record's `url` or an `email`, by exact match",
  customer: 'One customer with organizations and reachable apps',
  requestLaunch: 'Ask for a session transfer token to act as a customer in an app',
  launches:
    "The agent's own launches, with `read:launches` everybody's; `state=active` gives those that may still have a session",
  launch: "One launch: the agent's own, with `read:launches` anybody's",
  reportLaunchEvent: 'What became of an issued launch, told by its owner',
  endLaunch: "End a launch's session at the tenant: one's own, with `end:launches` anybody's",
  ledger: 'The whole ledger, one row a line',
};

const operationOf = (operationId: string, endpoint: Endpoint) => ({
  operationId,
  summary: new Map(Object.entries(SUMMARIES)).get(operationId),
  ...(endpoint.access === 'public'
    ? { security: [] }
    : { security: [{ accessToken: endpoint.access === 'agent' ? [] : [endpoint.access] }] }),
  parameters: parametersOf(endpoint),
  ...(endpoint.request && {
    requestBody: { required: true, content: jsonContent(endpoint.request, 'input') },
  }),
  responses: {
    [endpoint.status]: {
      description: 'Success',
      content: jsonContent(endpoint.reply, 'output', endpoint.replyType),
    },
    default: {
      description: 'Refused, with a code of the contract (RFC 9457)',
      content: jsonContent(problemSchema, 'output', 'application/problem+json'),
    },
  },
});

/** The OpenAPI 3.1 document of the contract, made from its table of endpoints. */
export const openApiDocument = (origin: string, version: string) => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [operationId, endpoint] of Object.entries<Endpoint>(ENDPOINTS)) {
    paths[endpoint.path] ??= {};
    Object.assign(paths[endpoint.path] ?? {}, {
      [endpoint.method.toLowerCase()]: operationOf(operationId, endpoint),
    });
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Understudy', version },
    servers: [{ url: origin }],
    paths,
    components: {
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};
