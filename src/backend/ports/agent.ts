import type { AgentId } from '../../contract/ids.ts';
import type { Permission } from '../../contract/permissions.ts';

/** The support agent whom a verified access token names. */
export type Agent = {
  readonly id: AgentId;
  readonly permissions: readonly Permission[];
};
