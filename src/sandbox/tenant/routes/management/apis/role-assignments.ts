import type { Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TenantRole } from '../../../model.ts';
import { listAnswer } from '../lists/list-answer.ts';
import { managementError } from '../management-error.ts';
import { readPayload } from '../read-payload.ts';
import { requireScope } from '../require-scope.ts';
import { unknownRole } from './roles.ts';

type Permission = TenantRole['permissions'][number];

const permissions = z.strictObject({
  permissions: z
    .array(z.strictObject({ resource_server_identifier: z.string(), permission_name: z.string() }))
    .min(1),
});
const members = z.strictObject({ users: z.array(z.string()).min(1) });

const isSame = (a: Permission) => (b: Permission) =>
  a.resource_server_identifier === b.resource_server_identifier &&
  a.permission_name === b.permission_name;

/** What a role permits and who has it. @see Auth0 Management API v2, Roles, permissions and users */
export const roleAssignmentRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { data, resourceServer, users } = context.directory;
  const ofRole = '/api/v2/roles/:id/permissions';
  const find = (id = '') => data.roles.find((role) => role.id === id);
  const exists = ({ resource_server_identifier, permission_name }: Permission): boolean =>
    resourceServer(resource_server_identifier)?.scopes.includes(permission_name) === true;

  app.get(ofRole, requireScope(context, 'read:roles'), (c) => {
    const role = find(c.req.param('id'));
    if (!role) {
      return unknownRole(c);
    }
    const named = role.permissions.map((permission) => ({
      ...permission,
      resource_server_name: resourceServer(permission.resource_server_identifier)?.name ?? '',
      description: '',
    }));
    return listAnswer(c, 'permissions', named, ({ permission_name }) => permission_name);
  });

  for (const method of ['POST', 'DELETE'] as const) {
    app.on(method, ofRole, requireScope(context, 'update:roles'), async (c) => {
      const role = find(c.req.param('id'));
      if (!role) {
        return unknownRole(c);
      }
      const read = await readPayload(c, permissions);
      if ('refused' in read) {
        return read.refused;
      }
      const named = read.body.permissions;
      if (method === 'POST' && !named.every(exists)) {
        return managementError(c, 400, 'A permission does not exist on its resource server.');
      }
      const others = role.permissions.filter((permission) => !named.some(isSame(permission)));
      role.permissions = method === 'POST' ? [...others, ...named] : others;
      return c.body(null, method === 'POST' ? 201 : 204);
    });
  }

  const membersPath = '/api/v2/roles/:id/users';
  app.get(membersPath, requireScope(context, 'read:roles', 'read:role_members'), (c) => {
    const role = find(c.req.param('id'));
    if (!role) {
      return unknownRole(c);
    }
    const shown = role.members.flatMap((id) => {
      const user = users.get(id);
      return user ? [{ user_id: user.user_id, name: user.name, email: user.email }] : [];
    });
    return listAnswer(c, 'users', shown, ({ user_id }) => user_id);
  });

  app.post(membersPath, requireScope(context, 'create:role_members'), async (c) => {
    const role = find(c.req.param('id'));
    if (!role) {
      return unknownRole(c);
    }
    const read = await readPayload(c, members);
    if ('refused' in read) {
      return read.refused;
    }
    role.members = [...new Set([...role.members, ...read.body.users])];
    return c.json({});
  });
};
