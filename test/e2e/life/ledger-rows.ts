import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import { createAgentClient, signIn } from '../../integration/launch/agent-client.ts';

/** What the ledger says of one launch, oldest first. */
export type LaunchRows = readonly { readonly type: string; readonly cause?: string }[];

/** Reads the ledger as a supervisor does; gives the rows of the newest launch. */
export const createLedgerReader = async (endpoints: Endpoints) => {
  const supervisor = createAgentClient(
    endpoints,
    await signIn(endpoints, endpoints.accounts.supervisor),
  );
  return async (): Promise<LaunchRows> => {
    const { text } = await supervisor.get('/v1/ledger');
    const rows = text
      .trim()
      .split('\n')
      .map((line: string) => JSON.parse(JSON.parse(line).content));
    const newest = rows.findLast(({ type }: { type: string }) => type === 'launch_requested');
    return rows.filter(({ launchId }: { launchId: string }) => launchId === newest?.launchId);
  };
};
