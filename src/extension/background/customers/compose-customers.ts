import type { AgentId } from '../../../contract/ids.ts';
import type { RecordPattern } from '../../../contract/record.ts';
import type { TargetApp } from '../../../contract/target-app.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import { createAgentProfile } from './agent-profile.ts';
import { createCustomerDirectory } from './customer-directory.ts';
import { createRecents } from './recents.ts';

type Dependencies = {
  readonly session: StorageArea;
  readonly local: StorageArea;
  readonly client: BackendClient;
  readonly now: () => number;
};

/** Composes what is known about the agent, the apps that are open to them, and customers. */
export const composeCustomers = ({ session, local, client, now }: Dependencies) => {
  const profile = createAgentProfile({ session, client, now });
  const allApps = async (): Promise<readonly TargetApp[]> =>
    (await profile.read())?.targetApps ?? [];
  return {
    profile,
    directory: createCustomerDirectory(session, client),
    recents: createRecents(local),
    /** How customers' records are recognised; asks the backend when that is not known yet. */
    recordPatterns: async (): Promise<readonly RecordPattern[]> => {
      if (!(await profile.read())) {
        await profile.load();
      }
      return (await profile.read())?.me.recordPatterns ?? [];
    },
    allApps,
    findApp: async (id: string): Promise<TargetApp | undefined> =>
      (await allApps()).find((app) => app.id === id),
    agentId: async (): Promise<AgentId | undefined> => (await profile.read())?.me.agent.sub,
    agentName: async (): Promise<string> => (await profile.read())?.me.agent.name ?? '',
  };
};
export type Customers = ReturnType<typeof composeCustomers>;
