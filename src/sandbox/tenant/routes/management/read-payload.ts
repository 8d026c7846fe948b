import type { Context } from 'hono';
import type { z } from 'zod';
import type { TenantEnv } from '../../context.ts';
import { managementError } from './management-error.ts';

/** The body as a schema reads it, or the answer that says where it is wrong. */
export const readPayload = async <T>(
  c: Context<TenantEnv>,
  schema: z.ZodType<T>,
): Promise<{ body: T } | { refused: Response }> => {
  const parsed = schema.safeParse(await c.req.json().catch(() => undefined));
  if (parsed.success) {
    return { body: parsed.data };
  }
  const [first] = parsed.error.issues;
  const at = first?.path.length ? ` on property ${first.path.join('.')}` : '';
  const message = `Payload validation error: '${first?.message ?? 'Invalid body'}'${at}.`;
  return { refused: managementError(c, 400, message, 'invalid_body') };
};
