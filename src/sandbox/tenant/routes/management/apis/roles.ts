import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TenantRole } from '../../../model.ts';
import { listAnswer } from '../lists/list-answer.ts';
import { managementError } from '../management-error.ts';
import { newId } from '../new-id.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';

const creation = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
});

const view = ({ id, name, description }: TenantRole) => ({ id, name, description });

/** The answer that there is no such role. */
export const unknownRole = (c: Context<TenantEnv>): Response =>
  managementError(c, 404, 'Role not found.', 'inexistent_role');

/** Roles themselves. @see Auth0 Management API v2, Roles */
export const roleRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data } = context.directory;
  const all = '/api/v2/roles';
  const one = '/api/v2/roles/:id';
  const find = (id: string) => data.roles.find((role) => role.id === id);
  const isTaken = (name: string | undefined, except?: TenantRole) =>
    data.roles.some((role) => role !== except && role.name === name);
  const taken = (c: Context<TenantEnv>) =>
    managementError(c, 409, 'A role with this name already exists.');

  app.get(all, requireScope(context, 'read:roles'), (c) => {
    const filter = c.req.query('name_filter')?.toLowerCase() ?? '';
    const found = data.roles.filter(({ name }) => name.toLowerCase().includes(filter));
    return listAnswer(c, 'roles', found.map(view), ({ id }) => id);
  });

  app.post(all, requireScope(context, 'create:roles'), async (c) => {
    const read = await readPayload(c, creation);
    if ('refused' in read) {
      return read.refused;
    }
    const { name, description = name } = read.body;
    if (isTaken(name)) {
      return taken(c);
    }
    const role = { id: newId(context, 'rol_'), name, description, permissions: [], members: [] };
    data.roles.push(role);
    return c.json(view(role));
  });

  app.get(one, requireScope(context, 'read:roles'), (c) => {
    const role = find(c.req.param('id'));
    return role ? c.json(view(role)) : unknownRole(c);
  });

  app.patch(one, requireScope(context, 'update:roles'), async (c) => {
    const role = find(c.req.param('id'));
    if (!role) {
      return unknownRole(c);
    }
    const read = await readPayload(c, creation.partial());
    if ('refused' in read) {
      return read.refused;
    }
    if (isTaken(read.body.name, role)) {
      return taken(c);
    }
    Object.assign(role, read.body);
    return c.json(view(role));
  });

  app.delete(one, requireScope(context, 'delete:roles'), (c) => {
    data.roles = data.roles.filter(({ id }) => id !== c.req.param('id'));
    return c.body(null, 204);
  });
};
