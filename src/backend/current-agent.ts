import { AsyncLocalStorage } from 'node:async_hooks';
import type { AgentId } from '../contract/ids.ts';

const storage = new AsyncLocalStorage<AgentId>();

/** Runs work in the name of an agent, so that what it costs the tenant is shared fairly between agents. */
export const runForAgent = <T>(agentId: AgentId, work: () => T): T => storage.run(agentId, work);

/** The agent in whose name this runs; `undefined` for the backend's own work. */
export const currentAgent = (): AgentId | undefined => storage.getStore();
