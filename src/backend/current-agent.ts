import { AsyncLocalStorage } from 'node:async_hooks';
import type { AgentId } from '../contract/ids.ts';

type Work = {
  readonly agentId?: AgentId;
  /** How many works began before it. */
  readonly order: number;
  readonly isWanted: () => boolean;
  /** Whether a session ends by it. */
  readonly isEnd?: boolean;
};

const storage = new AsyncLocalStorage<Work>();
let begun = 0;

const nothingBegan: Work = { order: 0, isWanted: () => true };

/** Runs work in the name of an agent, so that what it costs the tenant is shared fairly between agents. */
export const runForAgent = <T>(agentId: AgentId, work: () => T): T => {
  begun += 1;
  return storage.run({ agentId, order: begun, isWanted: () => true }, work);
};

/** Runs work that need not be done any more once it is not wanted. */
export const runWhileWanted = <T>(isWanted: () => boolean, work: () => T): T =>
  storage.run({ ...(storage.getStore() ?? nothingBegan), isWanted }, work);

/** Runs work by which a session ends: what it costs the tenant comes before anything else. */
export const runForEnd = <T>(work: () => T): T =>
  storage.run({ ...(storage.getStore() ?? nothingBegan), isEnd: true }, work);

/** Tells whether a session ends by what runs now. */
export const isForEnd = (): boolean => storage.getStore()?.isEnd === true;

/** The agent in whose name this runs; `undefined` for the backend's own work. */
export const currentAgent = (): AgentId | undefined => storage.getStore()?.agentId;

/** Tells whether what runs now is still wanted, when it is called. */
export const currentInterest = (): (() => boolean) => storage.getStore()?.isWanted ?? (() => true);

/** The order in which what runs now began, among the works of agents; 0 for the backend's own. */
export const currentOrder = (): number => storage.getStore()?.order ?? 0;
