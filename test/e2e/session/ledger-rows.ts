import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import { createAgentClient, signIn } from '../../integration/launch/agent-client.ts';

/** What the ledger says of one launch, oldest first. */
export type LaunchRows = readonly { readonly type: string; readonly cause?: string }[];

/** Reads the ledger as a supervisor does; gives the rows of a launch, of the newest one without an id. */
export const createLedgerReader = async (endpoints: Endpoints) => {
  const supervisor = createAgentClient(
    endpoints,
    await signIn(endpoints, endpoints.accounts.supervisor),
  );
  return async (wanted?: string): Promise<LaunchRows> => {
    const { text } = await supervisor.get('/v1/ledger');
    const rows = text
      .split('\n')
      .filter((line: string) => line !== '')
      .map((line: string) => JSON.parse(JSON.parse(line).content));
    const newest = rows.findLast(({ type }: { type: string }) => type === 'launch_requested');
    const launch = wanted ?? newest?.launchId;
    return rows.filter(({ launchId }: { launchId: string }) => launchId === launch);
  };
};
