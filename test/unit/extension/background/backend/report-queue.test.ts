import { describe, expect, test } from 'vitest';
import type { BackendClient } from '../../../../../src/extension/background/backend/backend-client.ts';
import { createReportQueue } from '../../../../../src/extension/background/backend/report-queue.ts';
import { refused } from '../../../../../src/extension/messages/wire/outcome.ts';
import {
  extensionProblem,
  type ProblemReport,
} from '../../../../../src/extension/messages/wire/problem.ts';
import { memoryArea } from '../fakes.ts';
import { LAUNCH_ID } from '../launch-examples.ts';

const refusedByBackend: ProblemReport = {
  source: 'backend',
  code: 'invalid_request',
  title: '',
  detail: '',
  action: '',
  requestId: '',
};

const queueing = (session = memoryArea()) => {
  const network: { problem: ProblemReport | undefined } = { problem: undefined };
  const sent: unknown[] = [];
  const answers: unknown[] = [];
  const client = (async (_name: string, call: { body: { type: string } }) => {
    if (network.problem) {
      return refused(network.problem);
    }
    sent.push(call.body.type);
    return { ok: true, value: { id: LAUNCH_ID, state: call.body.type } };
  }) as unknown as BackendClient;
  const queue = createReportQueue({
    session,
    client,
    now: () => 0,
    onAnswer: async (launch) => {
      answers.push(launch.state);
    },
  });
  return { ...queue, network, sent, answers, session };
};

describe('a report', () => {
  test('is sent, and its answer taken', async () => {
    const { report, sent, answers } = queueing();
    await report(LAUNCH_ID, { type: 'opened' });
    expect(sent).toEqual(['opened']);
    expect(answers).toEqual(['opened']);
  });

  test('that did not get through is sent by the next worker, before later ones', async () => {
    const first = queueing();
    first.network.problem = extensionProblem('offline');
    await first.report(LAUNCH_ID, { type: 'opened' });
    const second = queueing(first.session);
    await second.report(LAUNCH_ID, { type: 'landed' });
    expect(second.sent).toEqual(['opened', 'landed']);
    await second.flush();
    expect(second.sent).toHaveLength(2);
  });

  test('that the backend refuses is not sent again', async () => {
    const { report, flush, network, sent } = queueing();
    network.problem = refusedByBackend;
    await report(LAUNCH_ID, { type: 'landed' });
    network.problem = undefined;
    await flush();
    expect(sent).toEqual([]);
  });

  test('that the backend could not write waits', async () => {
    const { report, flush, network, sent } = queueing();
    network.problem = { ...refusedByBackend, code: 'ledger_unavailable' };
    await report(LAUNCH_ID, { type: 'ended', cause: 'agent' });
    network.problem = undefined;
    await flush();
    expect(sent).toEqual(['ended']);
  });
});
