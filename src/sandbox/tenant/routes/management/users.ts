import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { TenantContext, TenantEnv } from '../../context.ts';
import type { TenantUser } from '../../model.ts';
import { matchesQuery } from '../../search/matches-query.ts';
import { parseQuery } from '../../search/parse-query.ts';
import { InvalidQueryStringError, type SearchFields } from '../../search/search-query.ts';
import { pageBody, paginate } from './lists/paginate.ts';
import { selectFields } from './lists/select-fields.ts';
import { sortBy } from './lists/sort-by.ts';
import { managementError } from './management-error.ts';
import { requireScope } from './require-scope.ts';

const MAXIMUM_RESULTS = 1000;
const searchable = new Set(
  'user_id email username phone_number name given_name family_name nickname identities.connection'.split(
    ' ',
  ),
);
const fields: SearchFields = {
  isSearchable: (field) => searchable.has(field) || /^app_metadata\.[\w.]+$/.test(field),
  isDate: () => false,
};

const userPatch = z.strictObject({
  name: z.string().optional(),
  nickname: z.string().optional(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  blocked: z.boolean().optional(),
  password: z.string().min(1).optional(),
  app_metadata: z.record(z.string(), z.unknown()).optional(),
  user_metadata: z.record(z.string(), z.unknown()).optional(),
});

const merged = (old: Record<string, unknown>, changes: Record<string, unknown> = {}) =>
  Object.fromEntries(Object.entries({ ...old, ...changes }).filter(([, value]) => value !== null));

const listUsers = (c: Context<TenantEnv>, context: TenantContext): Response => {
  if ((c.req.query('search_engine') ?? 'v3') !== 'v3') {
    return managementError(c, 400, 'Only search_engine v3 exists.', 'invalid_query_string');
  }
  let found: TenantUser[];
  try {
    const query = parseQuery(c.req.query('q') ?? '', fields);
    found = context.directory.data.users.filter((user) => matchesQuery(user, query, 'ignored'));
  } catch (error) {
    if (!(error instanceof InvalidQueryStringError)) {
      throw error;
    }
    return managementError(c, 400, error.message, 'invalid_query_string');
  }
  const page = paginate(c, sortBy(found, c.req.query('sort')));
  if (!page) {
    return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
  }
  if (page.start + page.limit > MAXIMUM_RESULTS) {
    return managementError(
      c,
      400,
      'You can only page through the first 1000 records.',
      'invalid_paging',
    );
  }
  const items = page.items.map((user) => selectFields(c, user));
  return c.json(pageBody('users', { ...page, items }, found.length));
};

const missing = (c: Context<TenantEnv>) =>
  managementError(c, 404, 'The user does not exist.', 'inexistent_user');

/**
 * User search and the reads around one user. @see Auth0 Management API v2, Users
 */
export const userRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { directory } = context;
  app.get('/api/v2/users', requireScope(context, 'read:users'), (c) => listUsers(c, context));

  app.get('/api/v2/users/:id', requireScope(context, 'read:users'), (c) => {
    const user = directory.users.get(c.req.param('id'));
    return user ? c.json(selectFields(c, user)) : missing(c);
  });

  app.patch('/api/v2/users/:id', requireScope(context, 'update:users'), async (c) => {
    const user = directory.users.get(c.req.param('id'));
    if (!user) {
      return missing(c);
    }
    const patch = userPatch.safeParse(await c.req.json().catch(() => undefined));
    if (!patch.success) {
      return managementError(c, 400, 'Payload validation error', 'invalid_body');
    }
    const { app_metadata, user_metadata, password, ...rest } = patch.data;
    if (password !== undefined) {
      directory.data.passwords[user.user_id] = password;
    }
    Object.assign(user, rest, {
      app_metadata: merged(user.app_metadata, app_metadata),
      user_metadata: merged(user.user_metadata, user_metadata),
      updated_at: new Date(context.clock()).toISOString(),
    });
    return c.json(user);
  });

  app.get('/api/v2/users/:id/organizations', requireScope(context, 'read:organizations'), (c) => {
    const user = directory.users.get(c.req.param('id'));
    if (!user) {
      return missing(c);
    }
    const all = directory
      .organizationsOf(user.user_id)
      .map(({ id, name, display_name, metadata }) => ({ id, name, display_name, metadata }));
    const page = paginate(c, all);
    if (!page) {
      return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
    }
    return c.json(pageBody('organizations', page, all.length));
  });

  app.get('/api/v2/users/:id/permissions', requireScope(context, 'read:users'), (c) => {
    const user = directory.users.get(c.req.param('id'));
    if (!user) {
      return missing(c);
    }
    const granted = directory.rolesOf(user.user_id).flatMap(({ permissions }) => permissions);
    const all = [...new Map(granted.map((each) => [JSON.stringify(each), each])).values()].map(
      (permission) => ({
        ...permission,
        resource_server_name:
          directory.resourceServer(permission.resource_server_identifier)?.name ?? '',
        description: '',
      }),
    );
    const page = paginate(c, all);
    if (!page) {
      return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
    }
    return c.json(pageBody('permissions', page, all.length));
  });

  app.get('/api/v2/users/:id/roles', requireScope(context, 'read:users', 'read:roles'), (c) => {
    const user = directory.users.get(c.req.param('id'));
    if (!user) {
      return missing(c);
    }
    const all = directory
      .rolesOf(user.user_id)
      .map(({ id, name, description }) => ({ id, name, description }));
    const page = paginate(c, all);
    if (!page) {
      return managementError(c, 400, 'Invalid page.', 'invalid_query_string');
    }
    return c.json(pageBody('roles', page, all.length));
  });
};
