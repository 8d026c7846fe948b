import type { AgentId } from '../../contract/ids.ts';

export type AgentProfile = { readonly name: string; readonly email: string };

/** Names of agents. @throws {TenantUnavailableError | TenantBusyError} */
export type AgentProfiles = {
  readonly load: (id: AgentId) => Promise<AgentProfile>;
};
