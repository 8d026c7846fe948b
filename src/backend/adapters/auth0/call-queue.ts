/** What a call to the tenant is for, in the order of precedence: an end must not wait for a search. */
export const PURPOSES = ['end', 'confirm', 'launch', 'search'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A call that waits for its turn. */
export type WaitingCall = {
  readonly purpose: Purpose;
  /** Whose turn it uses: an agent's, or the backend's own. */
  readonly key: string;
  readonly since: number;
  /** When the work began that it is a part of: an agent's works are finished one after the other. */
  readonly order: number;
  readonly start: () => void;
  /** Whether anybody still waits for the answer. */
  readonly isWanted: () => boolean;
  /** Told that the call is not made: it waited too long. */
  readonly drop: () => void;
};

/** The calls that wait, taken by precedence, and in turn between agents. */
export type CallQueue = {
  readonly add: (call: WaitingCall) => void;
  /** Takes the next call among these purposes. A call that nobody waits for comes after all wanted ones of its purpose. */
  readonly take: (purposes: readonly Purpose[]) => WaitingCall | undefined;
  readonly dropOlderThan: (time: number) => void;
  readonly isEmpty: () => boolean;
};

/** Makes an empty {@link CallQueue}. */
export const createCallQueue = (): CallQueue => {
  /** For each purpose the agents in the order of their turns, each with their calls, of the oldest work first. */
  const turns = new Map<Purpose, Map<string, WaitingCall[]>>(
    PURPOSES.map((purpose) => [purpose, new Map()]),
  );
  const ofPurpose = (purpose: Purpose) => turns.get(purpose) ?? new Map<string, WaitingCall[]>();

  /** Takes the first fitting call of the agent whose turn it is, and gives the next turn to another. */
  const takeFirst = (
    agents: Map<string, WaitingCall[]>,
    isFit: (call: WaitingCall) => boolean,
  ): WaitingCall | undefined => {
    for (const [key, waiting] of agents) {
      const index = waiting.findIndex(isFit);
      if (index >= 0) {
        const [call] = waiting.splice(index, 1);
        agents.delete(key);
        if (waiting.length > 0) {
          agents.set(key, waiting);
        }
        return call;
      }
    }
    return undefined;
  };

  return {
    add: (call) => {
      const agents = ofPurpose(call.purpose);
      const waiting = agents.get(call.key) ?? [];
      const later = waiting.findIndex(({ order }) => order > call.order);
      waiting.splice(later < 0 ? waiting.length : later, 0, call);
      agents.set(call.key, waiting);
    },
    take: (purposes) => {
      for (const purpose of PURPOSES.filter((wanted) => purposes.includes(wanted))) {
        const agents = ofPurpose(purpose);
        const call =
          takeFirst(agents, ({ isWanted }) => isWanted()) ?? takeFirst(agents, () => true);
        if (call) {
          return call;
        }
      }
      return undefined;
    },
    dropOlderThan: (time) => {
      for (const agents of turns.values()) {
        for (const [key, waiting] of agents) {
          const late = waiting.filter(({ since }) => since < time);
          const kept = waiting.filter(({ since }) => since >= time);
          if (kept.length === 0) {
            agents.delete(key);
          } else {
            agents.set(key, kept);
          }
          for (const { drop } of late) {
            drop();
          }
        }
      }
    },
    isEmpty: () => [...turns.values()].every((agents) => agents.size === 0),
  };
};
