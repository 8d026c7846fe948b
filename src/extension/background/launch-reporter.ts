import type { LaunchId } from '../../contract/ids.ts';
import type { LaunchEvent } from '../../contract/launch.ts';
import type { BackendClient } from './backend-client.ts';
import { createSerial } from './serial.ts';

/** Tells the backend what became of a launch. Never rejects; a report that does not get through is not repeated. */
export type LaunchReporter = (
  id: LaunchId,
  event: Omit<LaunchEvent, 'occurredAt'>,
) => Promise<void>;

/** Makes {@link LaunchReporter}. Reports go out one after the other, so that none overtakes another. */
export const createLaunchReporter = (client: BackendClient, now: () => number): LaunchReporter => {
  const serial = createSerial();
  return (id, event) => {
    const occurredAt = new Date(now()).toISOString();
    return serial(async () => {
      // The ledger already has the launch itself; what is lost here is only how it went on.
      await client('reportLaunchEvent', { params: { id }, body: { ...event, occurredAt } });
    });
  };
};
