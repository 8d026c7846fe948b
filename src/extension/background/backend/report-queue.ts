import * as z from 'zod/mini';
import { type LaunchId, launchIdSchema } from '../../../contract/ids.ts';
import type { Launch } from '../../../contract/launch.ts';
import { type LaunchEvent, launchEventSchema } from '../../../contract/launch-request.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { ProblemReport } from '../../messages/wire/problem.ts';
import { createSerial } from '../storage/serial.ts';
import { storedValue } from '../storage/stored-value.ts';
import type { BackendClient } from './backend-client.ts';

/**
 * Tells the backend what became of a launch. A report is stored before it is sent, and sent again later
 * when it did not get through; settles after the first attempt. Never rejects.
 */
export type LaunchReporter = (
  id: LaunchId,
  event: Omit<LaunchEvent, 'occurredAt'>,
) => Promise<void>;

/** The reports that wait to be sent. */
export type ReportQueue = {
  readonly report: LaunchReporter;
  /** Sends what is still waiting, oldest first. Never rejects. */
  readonly flush: () => Promise<void>;
};

type Dependencies = {
  readonly session: StorageArea;
  readonly client: BackendClient;
  readonly now: () => number;
  /** Told what the backend made of a report. */
  readonly onAnswer: (launch: Launch) => Promise<void>;
};

const MAX_WAITING = 50;

const waitingSchema = z.array(z.object({ id: launchIdSchema, event: launchEventSchema }));

const TRANSIENT_CODES: readonly string[] = [
  'rate_limited',
  'ledger_unavailable',
  'tenant_unavailable',
  'internal',
  'shutting_down',
];

/** Tells whether the same report may get through later: the backend did not hear it, or could not write. */
const isTransient = ({ source, code }: ProblemReport): boolean =>
  source === 'extension' || TRANSIENT_CODES.includes(code);

/** Makes a {@link ReportQueue} that survives the worker. Reports go out one after the other, so that none overtakes another. */
export const createReportQueue = (dependencies: Dependencies): ReportQueue => {
  const { client, now } = dependencies;
  const stored = storedValue(dependencies.session, 'reports', waitingSchema);
  const writing = createSerial();
  const sending = createSerial();
  const waiting = async () => (await stored.read()) ?? [];

  /** Sends the oldest report; tells whether there may be another one to send now. */
  const sendNext = async (): Promise<boolean> => {
    const [next] = await waiting();
    if (!next) {
      return false;
    }
    const answer = await client('reportLaunchEvent', {
      params: { id: next.id },
      body: next.event,
    });
    if (!answer.ok && isTransient(answer.problem)) {
      return false;
    }
    await writing(async () => stored.write((await waiting()).slice(1)));
    if (answer.ok) {
      await dependencies.onAnswer(answer.value);
    }
    return true;
  };

  const flush = (): Promise<void> =>
    sending(async () => {
      while (await sendNext()) {
        // Until nothing waits, or the backend does not hear us.
      }
    });

  return {
    flush,
    report: async (id, event) => {
      const occurredAt = new Date(now()).toISOString();
      await writing(async () =>
        stored.write(
          [...(await waiting()), { id, event: { ...event, occurredAt } }].slice(-MAX_WAITING),
        ),
      );
      await flush();
    },
  };
};
