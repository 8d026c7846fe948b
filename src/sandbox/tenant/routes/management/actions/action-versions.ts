import type { Hono } from 'hono';
import type { TenantContext, TenantEnv } from '../../../context.ts';
import type { TenantActionVersion } from '../../../model.ts';
import { wrappedListAnswer } from '../lists/list-answer.ts';
import { managementError } from '../management-error.ts';
import { newId } from '../new-id.ts';
import { requireScope } from '../require-scope.ts';
import { describeVersion, isBuilt } from './action-view.ts';
import { unknownAction } from './actions.ts';

/**
 * Deploys Actions and lists what was deployed. A deployment takes the Action as it stands; the
 * version that it makes runs from the next call on.
 *
 * @see Auth0 Management API v2, `POST /actions/actions/{id}/deploy`, `GET /actions/actions/{id}/versions`
 */
export const actionVersionRoutes = (app: Hono<TenantEnv>, context: TenantContext): void => {
  const { directory } = context;
  const one = '/api/v2/actions/actions/:id';

  app.post(`${one}/deploy`, requireScope(context, 'create:actions'), (c) => {
    const action = directory.action(c.req.param('id'));
    if (!action) {
      return unknownAction(c);
    }
    if (!isBuilt(context, action)) {
      const message = "A draft action must be in the 'built' state before it can be deployed.";
      return managementError(c, 400, message, 'invalid_body');
    }
    const { code, runtime, dependencies, secrets } = structuredClone(action);
    const version: TenantActionVersion = {
      id: newId(context, 'ver_'),
      number: action.versions.length + 1,
      code,
      runtime,
      dependencies,
      secrets,
      created_at: new Date(context.clock()).toISOString(),
    };
    action.versions.push(version);
    action.all_changes_deployed = true;
    return c.json(describeVersion(action, version), 202);
  });

  app.get(`${one}/versions`, requireScope(context, 'read:actions'), (c) => {
    const action = directory.action(c.req.param('id'));
    if (!action) {
      return unknownAction(c);
    }
    const versions = action.versions
      .toReversed()
      .map((version) => describeVersion(action, version));
    return wrappedListAnswer(c, 'versions', versions);
  });
};
