import * as z from 'zod/mini';
import { problemSchema } from '../../contract/problem.ts';
import { OPERATIONS, type Operation } from './operations.ts';

const jsonContent = (schema: z.ZodMiniType, io: 'input' | 'output', type = 'application/json') => ({
  [type]: { schema: z.toJSONSchema(schema, { io }) },
});

const parametersOf = ({ path, query = [] }: Operation) => [
  ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...query.map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } })),
];

const operationOf = (operationId: string, endpoint: Operation) => ({
  operationId,
  summary: endpoint.summary,
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
  for (const [operationId, endpoint] of Object.entries<Operation>(OPERATIONS)) {
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
