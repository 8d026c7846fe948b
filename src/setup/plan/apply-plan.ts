import { resolveCall } from '../../tenant-settings/call.ts';
import { type Entry, idsOf, type SetupRecord, withEntry } from '../files/record.ts';
import type { SecretName } from '../files/secrets-file.ts';
import type { ManagementApi } from '../tenant/management-api.ts';
import { type Change, textOf } from './change.ts';

const BUILD_LOOKS = 60;
const BUILD_LOOK_MILLISECONDS = 1_000;

/** Auth0 did not build an Action in time, or could not. */
export class ActionBuildError extends Error {
  override readonly name = 'ActionBuildError';
}

type Applying = {
  readonly api: ManagementApi;
  readonly delay: (milliseconds: number) => Promise<unknown>;
  /** Writes the record down; called after every change, so that a run that breaks off loses nothing. */
  readonly save: (record: SetupRecord) => Promise<void>;
  readonly keepSecret: (name: SecretName, value: string) => Promise<void>;
  readonly say: (line: string) => void;
};

const untilBuilt = async ({ api, delay }: Applying, path: string): Promise<void> => {
  for (let look = 0; look < BUILD_LOOKS; look += 1) {
    const status = textOf((await api.get(path)) ?? {}, 'status');
    if (status === 'built') {
      return;
    }
    if (status === 'failed') {
      throw new ActionBuildError(`Auth0 could not build the Action at ${path}.`);
    }
    await delay(BUILD_LOOK_MILLISECONDS);
  }
  throw new ActionBuildError(`Auth0 did not build the Action at ${path} within a minute.`);
};

/**
 * Sends the changes one by one and records each as soon as it is done. Gives the record at the end.
 * @throws {ManagementRefusalError} at the first refusal; what was done before it is on record, and the next
 * run goes on from there.
 */
export const applyPlan = async (
  changes: readonly Change[],
  record: SetupRecord,
  applying: Applying,
): Promise<SetupRecord> => {
  let current = record;
  for (const change of changes) {
    const ids = idsOf(current);
    const call = change.fresh
      ? await change.fresh(applying.api, ids)
      : resolveCall(change.call, ids);
    if (change.waitForBuild) {
      await untilBuilt(applying, call.path.replace(/\/deploy$/, ''));
    }
    const answer = await applying.api.send(call);
    if (change.secret) {
      await applying.keepSecret(change.secret, textOf(answer, 'client_secret'));
    }
    const entries: readonly Entry[] = change.entries(answer, ids);
    current = entries.reduce(withEntry, current);
    await applying.save(current);
    applying.say(`✓ ${change.title}`);
  }
  return current;
};
