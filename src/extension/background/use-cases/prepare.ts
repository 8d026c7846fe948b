import { inBackground } from '../../in-background.ts';
import type { Customers } from '../customers/compose-customers.ts';
import type { Menus } from '../entry-points/menus.ts';
import type { Prefills } from '../entry-points/prefills.ts';
import type { AgentTokens } from '../sign-in/agent-tokens.ts';

type Dependencies = {
  readonly tokens: Pick<AgentTokens, 'ahead'>;
  readonly prefills: Pick<Prefills, 'resolve'>;
  readonly customers: Pick<Customers, 'profile' | 'recents' | 'directory' | 'agentId'>;
  readonly menus: Pick<Menus, 'update'>;
  /** Brings back the agent's sessions that this browser session does not know of. */
  readonly restoreSessions: (agentId: string) => Promise<void>;
  /** Brings the sessions that are known up to date. */
  readonly catchUp: () => Promise<void>;
  /** Called after each step. */
  readonly changed: () => void;
};

/** Makes the function that fetches what a view that just opened will need next, in the order of need. */
export const createPrepare = (dependencies: Dependencies) => async (): Promise<void> => {
  const { customers, changed } = dependencies;
  if (!(await dependencies.tokens.ahead()).ok) {
    return;
  }
  inBackground(dependencies.prefills.resolve(), 'looking up what the agent chose');
  const loaded = await customers.profile.refresh();
  changed();
  const agent = await customers.agentId();
  if (agent === undefined) {
    return;
  }
  if (loaded) {
    await dependencies.restoreSessions(agent);
  }
  inBackground(dependencies.catchUp(), 'bringing sessions up to date');
  const ids = (await customers.recents.of(agent)).map(({ customerId }) => customerId);
  await (loaded ? customers.directory.refresh(ids) : customers.directory.fetchMissing(ids));
  changed();
  await dependencies.menus.update();
};
