import type { Context, Hono, MiddlewareHandler } from 'hono';
import type { TenantContext, TenantEnv } from '../../context.ts';
import type { Session } from '../../memory.ts';
import { describeSession } from '../../sessions/describe-session.ts';
import { endSession } from '../../sessions/end-session.ts';
import { findSession, sessionsOf } from '../../sessions/find-sessions.ts';
import { cutFromCheckpoint } from './lists/checkpoint.ts';
import { managementError } from './management-error.ts';
import { requireScope } from './require-scope.ts';

/** Refuses everybody where the tenant's plan has no session endpoints. */
const requirePlan =
  ({ conditions, choices }: TenantContext): MiddlewareHandler<TenantEnv> =>
  async (c, next) =>
    conditions.sessionsInPlan
      ? next()
      : managementError(
          c,
          403,
          'The tenant is not allowed to use sessions, please contact our support team.',
          choices.sessionsNotInPlanCode,
        );

/** Ends a session after the answer is out, and writes who asked for it. */
const deleteLater = (c: Context<TenantEnv>, context: TenantContext, session: Session): void => {
  const { choices, directory, log } = context;
  log.write({
    type: 'sapi',
    description: 'Delete session',
    client: directory.clients.get(c.var.managementClientId),
    sessionId: session.id,
    ip: c.env.ip,
    hostname: c.var.domain.hostname,
  });
  context.later(choices.sessionDeletionDelayInMilliseconds, async () =>
    endSession(context, session, choices.sessionDeletionInitiator),
  );
};

const listOf = (
  c: Context<TenantEnv>,
  context: TenantContext,
  sessions: readonly Session[],
): Response => {
  const part = cutFromCheckpoint(c, sessions, ({ id }) => id);
  if (!part) {
    return managementError(c, 400, 'Invalid from or take.', 'invalid_query_string');
  }
  const { items, ...rest } = part;
  return c.json({ sessions: items.map((session) => describeSession(context, session)), ...rest });
};

/**
 * Sessions of every domain; deletion is asynchronous. Enterprise plans only.
 *
 * @see Auth0 documentation, "Manage User Sessions with Auth0 Management API"
 */
export const sessionRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const ofUser = '/api/v2/users/:id/sessions';
  const one = '/api/v2/sessions/:id';
  const plan = requirePlan(context);
  const read = requireScope(context, 'read:sessions');
  const remove = requireScope(context, 'delete:sessions');
  const unknownUser = (c: Context<TenantEnv>) =>
    managementError(c, 404, 'The user does not exist.', 'inexistent_user');
  const unknownSession = (c: Context<TenantEnv>) =>
    managementError(c, 404, 'The session does not exist.', 'inexistent_session');

  app.get(ofUser, read, plan, (c) => {
    const user = context.directory.users.get(c.req.param('id') ?? '');
    return user ? listOf(c, context, sessionsOf(context, user.user_id)) : unknownUser(c);
  });

  app.delete(ofUser, remove, plan, (c) => {
    const user = context.directory.users.get(c.req.param('id') ?? '');
    if (!user) {
      return unknownUser(c);
    }
    for (const session of sessionsOf(context, user.user_id)) {
      deleteLater(c, context, session);
    }
    return c.body(null, 202);
  });

  app.get(one, read, plan, (c) => {
    const session = findSession(context, c.req.param('id') ?? '');
    return session ? c.json(describeSession(context, session)) : unknownSession(c);
  });

  app.delete(one, remove, plan, (c) => {
    const session = findSession(context, c.req.param('id') ?? '');
    if (!session && context.choices.unknownSessionDeletionStatus === 404) {
      return unknownSession(c);
    }
    if (session) {
      deleteLater(c, context, session);
    }
    return c.body(null, 202);
  });
};
