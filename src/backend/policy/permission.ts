import type { Permission } from '../../contract/permissions.ts';
import type { Agent } from '../ports/agent.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** Refuses an agent whose access token lacks the permission, naming it. */
export const refuseWithoutPermission = (
  agent: Agent,
  permission: Permission,
): Refusal | undefined =>
  agent.permissions.includes(permission)
    ? undefined
    : refuse('permission_denied', `Your role lacks the permission "${permission}".`);
