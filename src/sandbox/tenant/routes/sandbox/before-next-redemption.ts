import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../context.ts';
import { managementError } from '../management/management-error.ts';
import { requireScope } from '../management/require-scope.ts';
import { SANDBOX_SCOPE } from './choices.ts';

const PATH = '/api/v2/sandbox/before-next-redemption';

const calls = z
  .array(
    z.strictObject({
      method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
      path: z.string().regex(/^\/api\/v2\/(?!sandbox\/before)/),
      body: z.unknown().optional(),
    }),
  )
  .min(1)
  .max(20);

type Call = z.infer<typeof calls>[number];
type Done = { method: string; path: string; status: number };

/** Does what was put off when a request brings a session transfer token; before anything looks at it. */
export const runBeforeRedemption = async (context: TenantContext, url: string): Promise<void> => {
  const { pathname, searchParams } = new URL(url);
  if (pathname === '/authorize' && searchParams.has('session_transfer_token')) {
    await context.memory.beforeNextRedemption?.run();
  }
};

/**
 * SANDBOX ONLY: puts Management API calls off until the next session transfer token arrives at
 * `/authorize`, so that something can change between the exchange and the redemption however fast
 * they follow each other. They run with the caller's own token, in order, before any check; `GET`
 * tells what is pending and what the last ones were answered, `DELETE` forgets them.
 */
export const beforeNextRedemptionRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { memory, domains } = context;
  const guard = requireScope(context, SANDBOX_SCOPE);
  let done: Done[] = [];

  const perform = async (call: Call, authorization: string): Promise<Done> => {
    const request = new Request(`${domains.canonical.origin}${call.path}`, {
      method: call.method,
      headers: { authorization },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    });
    const { status } = await app.fetch(request, { ip: '127.0.0.1' });
    return { method: call.method, path: call.path, status };
  };

  const show = (c: Context<TenantEnv>) =>
    c.json({ pending: memory.beforeNextRedemption?.pending ?? [], done });

  app.get(PATH, guard, show);

  app.put(PATH, guard, async (c) => {
    const body = calls.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) {
      return managementError(c, 400, 'Payload validation error', 'invalid_body');
    }
    const authorization = c.req.header('authorization') ?? '';
    done = [];
    memory.beforeNextRedemption = {
      pending: body.data,
      run: async () => {
        memory.beforeNextRedemption = undefined;
        for (const call of body.data) {
          done.push(await perform(call, authorization));
        }
      },
    };
    return show(c);
  });

  app.delete(PATH, guard, (c) => {
    memory.beforeNextRedemption = undefined;
    return c.body(null, 204);
  });
};
