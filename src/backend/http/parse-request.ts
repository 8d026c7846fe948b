import type * as z from 'zod/mini';
import { type Refusal, refuse } from '../refusal.ts';
import { readJson } from './read-json.ts';

/**
 * Reads a request's body through a schema. A refusal names the field that is wrong, never its value.
 */
export const parseRequest = async <T>(
  request: Request,
  schema: z.ZodMiniType<T>,
): Promise<{ readonly value: T } | { readonly refusal: Refusal; readonly status: 400 | 413 }> => {
  const body = await readJson(request);
  if ('refusal' in body) {
    return body;
  }
  const parsed = schema.safeParse(body.value);
  if (parsed.success) {
    return { value: parsed.data };
  }
  const [issue] = parsed.error.issues;
  const detail =
    issue?.code === 'unrecognized_keys'
      ? 'The request has a field that is not known.'
      : `The field "${issue?.path.join('.') ?? ''}" is missing or malformed.`;
  return { refusal: refuse('invalid_request', detail), status: 400 };
};
