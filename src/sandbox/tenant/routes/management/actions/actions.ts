import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TenantAction } from '../../../model.ts';
import { wrappedListAnswer } from '../lists/list-answer.ts';
import { managementError } from '../management-error.ts';
import { newId } from '../new-id.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';
import { describeAction } from './action-view.ts';

const MAXIMUM_SECRET_LENGTH = 4096;

const changeable = {
  code: z.string(),
  runtime: z.enum(['node18', 'node22']),
  dependencies: z.array(
    z.strictObject({
      name: z.string(),
      version: z.string(),
      registry_url: z.string().nullable().optional(),
    }),
  ),
  secrets: z.array(
    z.strictObject({ name: z.string(), value: z.string().max(MAXIMUM_SECRET_LENGTH).optional() }),
  ),
  modules: z.array(z.unknown()),
};
const trigger = z.strictObject({
  id: z.enum(['custom-token-exchange', 'post-login']),
  version: z.string(),
});
const creation = z
  .strictObject(changeable)
  .partial()
  .extend({
    name: z.string().regex(/^[^-\s][a-zA-Z0-9-\s]*$/),
    supported_triggers: z.array(trigger).length(1),
    deploy: z.boolean().optional(),
  });
const change = creation.partial();

type Secret = TenantAction['secrets'][number];

/** An export names secrets without their values: a named one keeps what it has. */
const withValues = (
  sent: readonly { name: string; value?: string | undefined }[],
  known: readonly Secret[],
): Secret[] =>
  sent.map(({ name, value }) => ({
    name,
    value: value ?? known.find((secret) => secret.name === name)?.value ?? '',
  }));

/** The answer that there is no such Action. */
export const unknownAction = (c: Context<TenantEnv>): Response =>
  managementError(c, 404, 'That action does not exist.', 'action_not_found');

/** Actions themselves; a change has no effect until it is deployed. @see Auth0 Management API v2, Actions */
export const actionRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { directory } = context;
  const all = '/api/v2/actions/actions';
  const one = '/api/v2/actions/actions/:id';
  const now = () => new Date(context.clock()).toISOString();

  app.get(all, requireScope(context, 'read:actions'), (c) => {
    const { actionName, triggerId } = c.req.query();
    const found = directory.data.actions.filter(
      ({ name, supported_triggers }) =>
        (actionName === undefined || name === actionName) &&
        (triggerId === undefined || supported_triggers.some(({ id }) => id === triggerId)),
    );
    return wrappedListAnswer(
      c,
      'actions',
      found.map((action) => describeAction(context, action)),
    );
  });

  app.post(all, requireScope(context, 'create:actions'), async (c) => {
    const read = await readPayload(c, creation);
    if ('refused' in read) {
      return read.refused;
    }
    const fields = read.body;
    if (directory.data.actions.some(({ name }) => name === fields.name)) {
      return managementError(c, 409, 'An action with this name already exists.');
    }
    const action: TenantAction = {
      name: fields.name,
      supported_triggers: fields.supported_triggers,
      code: fields.code ?? '',
      runtime: fields.runtime ?? 'node22',
      dependencies: fields.dependencies ?? [],
      secrets: withValues(fields.secrets ?? [], []),
      id: newId(context, 'act_'),
      created_at: now(),
      updated_at: now(),
      versions: [],
      all_changes_deployed: false,
    };
    directory.data.actions.push(action);
    return c.json(describeAction(context, action), 201);
  });

  app.get(one, requireScope(context, 'read:actions'), (c) => {
    const action = directory.action(c.req.param('id'));
    return action ? c.json(describeAction(context, action)) : unknownAction(c);
  });

  app.patch(one, requireScope(context, 'update:actions'), async (c) => {
    const action = directory.action(c.req.param('id'));
    if (!action) {
      return unknownAction(c);
    }
    const read = await readPayload(c, change);
    if ('refused' in read) {
      return read.refused;
    }
    const { deploy: _deploy, modules: _modules, secrets, ...fields } = read.body;
    Object.assign(action, fields, secrets && { secrets: withValues(secrets, action.secrets) });
    Object.assign(action, { updated_at: now(), all_changes_deployed: false });
    return c.json(describeAction(context, action));
  });

  app.delete(one, requireScope(context, 'delete:actions'), (c) => {
    const { data, action: find } = directory;
    const action = find(c.req.param('id'));
    if (!action) {
      return unknownAction(c);
    }
    const isBound = data.postLoginBindings.some(({ action_id }) => action_id === action.id);
    if (isBound && c.req.query('force') !== 'true') {
      return managementError(c, 409, 'The action is bound to a trigger.', 'action_is_bound');
    }
    data.actions = data.actions.filter((candidate) => candidate !== action);
    data.postLoginBindings = data.postLoginBindings.filter(
      ({ action_id }) => action_id !== action.id,
    );
    return c.body(null, 204);
  });
};
