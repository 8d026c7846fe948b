import * as z from 'zod/mini';
import { meSchema } from '../../../contract/agent.ts';
import { targetAppSchema } from '../../../contract/target-app.ts';
import type { StorageArea } from '../../browser/storage.ts';
import { problemReportSchema } from '../../messages/wire/problem-schema.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import { singleFlight } from '../storage/single-flight.ts';
import { storedValue } from '../storage/stored-value.ts';

/** Who the agent is and which apps are open to them; `loadedAt` in milliseconds. */
const profileSchema = z.object({
  me: meSchema,
  targetApps: z.array(targetAppSchema),
  loadedAt: z.number(),
});
type Profile = z.infer<typeof profileSchema>;

/** The agent's profile, remembered for the browser session so that the popup draws itself at once. */
export type AgentProfile = {
  readonly read: () => Promise<Profile | undefined>;
  /** Why the last load failed, if it did. */
  readonly problem: () => Promise<z.infer<typeof problemReportSchema> | undefined>;
  readonly load: () => Promise<void>;
  /** Loads when there is none or the remembered one is older than five minutes; tells whether it did. */
  readonly refresh: () => Promise<boolean>;
};

type Dependencies = {
  readonly session: StorageArea;
  readonly client: BackendClient;
  readonly now: () => number;
};

const MAX_AGE_MILLISECONDS = 5 * 60_000;

/** Makes {@link AgentProfile}. A failed load keeps the profile that was known. */
export const createAgentProfile = ({ session, client, now }: Dependencies): AgentProfile => {
  const profile = storedValue(session, 'profile', profileSchema);
  const failure = storedValue(session, 'profileProblem', problemReportSchema);

  const load = singleFlight(async () => {
    const [me, apps] = await Promise.all([client('me'), client('targetApps')]);
    if (me.ok && apps.ok) {
      await profile.write({ me: me.value, targetApps: apps.value.targetApps, loadedAt: now() });
      await failure.forget();
    } else if (!me.ok) {
      await failure.write(me.problem);
    } else if (!apps.ok) {
      await failure.write(apps.problem);
    }
  });

  return {
    read: profile.read,
    problem: failure.read,
    load,
    refresh: async () => {
      const known = await profile.read();
      if (known && now() - known.loadedAt <= MAX_AGE_MILLISECONDS) {
        return false;
      }
      await load();
      return true;
    },
  };
};
