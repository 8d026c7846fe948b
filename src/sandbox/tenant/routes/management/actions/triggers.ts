import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TenantAction, TenantActionBinding } from '../../../model.ts';
import { wrappedListAnswer } from '../lists/list-answer.ts';
import { managementError } from '../management-error.ts';
import { newId } from '../new-id.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';
import { describeAction } from './action-view.ts';

const runtimes = { runtimes: ['node18', 'node22'], default_runtime: 'node22', status: 'CURRENT' };

/** The triggers of this tenant; an exchange's Action belongs to its profile and is never bound. */
const triggers = [
  { id: 'post-login', version: 'v3', binding_policy: 'trigger-bound', ...runtimes },
  { id: 'custom-token-exchange', version: 'v1', binding_policy: 'entity-bound', ...runtimes },
];

const change = z.strictObject({
  bindings: z.array(
    z.strictObject({
      ref: z.strictObject({
        type: z.enum(['action_name', 'action_id', 'binding_id']),
        value: z.string(),
      }),
      display_name: z.string().optional(),
      secrets: z.array(z.unknown()).optional(),
    }),
  ),
});

/** Which Actions run at a sign-in, in which order. @see Auth0 Management API v2, trigger bindings */
export const triggerRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data, action: findAction } = context.directory;
  const bindingsPath = '/api/v2/actions/triggers/:trigger/bindings';

  const referenced = ({
    type,
    value,
  }: {
    type: string;
    value: string;
  }): TenantAction | undefined =>
    type === 'binding_id'
      ? findAction(data.postLoginBindings.find(({ id }) => id === value)?.action_id)
      : data.actions.find((action) => (type === 'action_id' ? action.id : action.name) === value);

  const show = (c: Context<TenantEnv>): Response => {
    const bindings = data.postLoginBindings.flatMap(({ action_id, ...binding }) => {
      const action = findAction(action_id);
      return action
        ? [{ ...binding, trigger_id: 'post-login', action: describeAction(context, action) }]
        : [];
    });
    return wrappedListAnswer(c, 'bindings', bindings);
  };

  app.get('/api/v2/actions/modules', requireScope(context, 'read:actions'), (c) =>
    wrappedListAnswer(c, 'modules', []),
  );

  app.get('/api/v2/actions/triggers', requireScope(context, 'read:actions'), (c) =>
    c.json({ triggers }),
  );

  app.get(bindingsPath, requireScope(context, 'read:actions'), (c) =>
    c.req.param('trigger') === 'post-login' ? show(c) : wrappedListAnswer(c, 'bindings', []),
  );

  /** Replaces all bindings of the trigger; only deployed Actions of that trigger can be bound. */
  app.patch(bindingsPath, requireScope(context, 'update:actions'), async (c) => {
    const read = await readPayload(c, change);
    if ('refused' in read) {
      return read.refused;
    }
    if (c.req.param('trigger') !== 'post-login') {
      return managementError(c, 400, 'The trigger takes no bindings.', 'invalid_body');
    }
    const now = new Date(context.clock()).toISOString();
    const bindings: TenantActionBinding[] = [];
    for (const { ref, display_name } of read.body.bindings) {
      const action = referenced(ref);
      const fits = action?.supported_triggers.some(({ id }) => id === 'post-login');
      if (!action || !fits || action.versions.length === 0) {
        return managementError(c, 400, `The action ${ref.value} cannot be bound.`, 'invalid_body');
      }
      bindings.push({
        id: newId(context, 'bnd_'),
        action_id: action.id,
        display_name: display_name ?? action.name,
        created_at: now,
        updated_at: now,
      });
    }
    data.postLoginBindings = bindings;
    return show(c);
  });
};
