import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportEvent } from '../../../src/backend/launch/report-event.ts';
import type { LaunchProgress } from '../../../src/backend/ports/ledger.ts';
import { isRefusal } from '../../../src/backend/refusal.ts';
import type { LaunchEvent } from '../../../src/contract/launch-request.ts';
import type { BackendClient } from '../../../src/extension/background/backend/backend-client.ts';
import { createReportQueue } from '../../../src/extension/background/backend/report-queue.ts';
import { abandonLaunch } from '../../../src/extension/background/launch/abandon-launch.ts';
import { createApplyBackendNews } from '../../../src/extension/background/launch/watching/apply-backend-news.ts';
import { recoverInterruptedLaunches } from '../../../src/extension/background/launch/watching/recover-interrupted.ts';
import { createLaunches } from '../../../src/extension/background/launch-state/launches.ts';
import { done, refused } from '../../../src/extension/messages/wire/outcome.ts';
import { extensionProblem } from '../../../src/extension/messages/wire/problem.ts';
import { createFakeLedger } from '../backend/fake-ledger.ts';
import { AGENT, agentId, customerId, LAUNCH, targetAppId } from '../backend/fixtures.ts';
import { memoryArea, settled } from '../extension/background/fakes.ts';
import { launchRecord } from '../extension/background/launch-examples.ts';

const NOW = new Date('2026-11-20T12:30:00.000Z');
const CALLER = { agent: AGENT, agentIp: '203.0.113.7', requestId: 'req-1' };
const TIMEOUT = extensionProblem('timeout');

/** One launch on both sides, at the step at which the worker waits for the backend's answer. */
const bothSides = async () => {
  const { ledger } = createFakeLedger(() => NOW);
  await ledger.claim({
    type: 'launch_requested',
    rival: { endedAt: NOW, redeemableUntil: NOW, lookDueUntil: NOW },
    launch: {
      launchId: LAUNCH,
      agentId: agentId('auth0|agent'),
      agentIp: '203.0.113.7',
      customerId: customerId('auth0|mara'),
      targetAppId: targetAppId('shop'),
      requestId: 'req-1',
    },
  });
  const backend = {
    ledger,
    clock: () => NOW,
    logLagMilliseconds: 60_000,
    lookSoon: () => undefined,
  };
  const session = memoryArea();
  let isOnline = true;
  let lastReport: LaunchEvent | undefined;

  const client = (async (name: string, call: { body: LaunchEvent }) => {
    if (!isOnline) {
      return refused(extensionProblem('offline'));
    }
    if (name === 'launch') {
      const found = await ledger.findLaunch(LAUNCH);
      return found ? done(found.launch) : refused(TIMEOUT);
    }
    lastReport = call.body;
    const answer = await reportEvent(backend, CALLER, LAUNCH, call.body);
    return isRefusal(answer)
      ? refused({ source: 'backend', title: '', action: '', requestId: '', ...answer })
      : done(answer);
  }) as unknown as BackendClient;

  /** A worker with nothing in memory; what it knows stands in the session storage. */
  const startWorker = () => {
    const launches = createLaunches({
      session,
      findApp: async () => undefined,
      now: () => NOW.getTime(),
      onChange: () => undefined,
      onEnding: () => undefined,
    });
    const { report, flush } = createReportQueue({
      session,
      client,
      now: () => NOW.getTime(),
      onAnswer: (launch) => applyNews(launch),
    });
    const end = async (cause: 'agent' | 'supervisor') => {
      if (await launches.advance(LAUNCH, 'ended', { cause })) {
        await report(LAUNCH, { type: 'ended', cause: 'agent' });
      }
    };
    const applyNews = createApplyBackendNews(launches, async (_id, cause) => {
      await end(cause === 'supervisor' ? 'supervisor' : 'agent');
      return refused(TIMEOUT);
    });
    const poll = async (): Promise<void> => {
      const answer = await client('launch', { params: { id: LAUNCH } });
      if (answer.ok) {
        await applyNews(answer.value);
      }
    };
    return { launches, report, flush, end, poll };
  };
  let worker = startWorker();
  await worker.launches.restore(launchRecord({ id: LAUNCH, state: 'requested', step: 'backend' }));

  const record = async (row: Record<string, unknown>): Promise<void> => {
    await ledger.advance({ launchId: LAUNCH, requestId: 'req-1', ...row } as LaunchProgress);
  };
  const landed = async (landedBy: 'tab' | 'agent') => {
    if (await worker.launches.advance(LAUNCH, 'landed', { landedBy })) {
      await worker.report(LAUNCH, { type: 'landed', seen: { by: landedBy } });
    }
  };

  const steps = {
    'the tenant issues a token': () =>
      record({ type: 'launch_issued', tokenSha256Prefix: '00', sessionEndsAt: NOW }),
    'the tenant refuses': () => record({ type: 'launch_failed', code: 'exchange_refused' }),
    'the answer arrives': async () => {
      const state = (await ledger.findLaunch(LAUNCH))?.launch.state;
      if (state === 'issued') {
        await worker.launches.advance(LAUNCH, 'issued', { step: 'tab' });
      }
      if (state === 'failed') {
        await worker.launches.advance(LAUNCH, 'failed', { problem: TIMEOUT });
      }
    },
    'the answer is lost': () => abandonLaunch(worker.launches, worker.report, LAUNCH, TIMEOUT),
    'the tab opens': async () => {
      if (await worker.launches.advance(LAUNCH, 'opened', { tab: 'open' })) {
        await worker.report(LAUNCH, { type: 'opened' });
      }
    },
    'the tab lands': () => landed('tab'),
    'the agent says that it worked': () => landed('agent'),
    'the tab is given up': async () => {
      if ((await worker.launches.find(LAUNCH))?.state !== 'opened') {
        return;
      }
      if (await worker.launches.advance(LAUNCH, 'not_landed', {})) {
        await worker.report(LAUNCH, { type: 'not_landed' });
      }
    },
    'the tenant’s log confirms': () =>
      record({ type: 'launch_confirmed', confirmedBy: 'actor', sessionEndsAt: NOW }),
    'the tenant’s log shows nothing': () => record({ type: 'launch_unconfirmed' }),
    'a supervisor ends the session': () =>
      record({
        type: 'launch_ended',
        occurredAt: NOW,
        cause: 'supervisor',
        endedBy: agentId('auth0|supervisor'),
      }),
    'the agent ends the session': () => worker.end('agent'),
    'the last report arrives again': async () => {
      if (lastReport) {
        await reportEvent(backend, CALLER, LAUNCH, lastReport);
      }
    },
    'the worker asks': () => worker.poll(),
    'the worker dies': async () => {
      worker = startWorker();
      await recoverInterruptedLaunches(worker.launches, worker.report);
    },
    'the network fails': async () => {
      isOnline = false;
    },
    'the network comes back': async () => {
      isOnline = true;
      await worker.flush();
    },
  } as const;

  /** What happens at last in every browser: the network is there, and a worker starts and catches up. */
  const synchronize = async () => {
    await steps['the network comes back']();
    await steps['the worker dies']();
    for (let round = 0; round < 3; round += 1) {
      await settled();
      await worker.flush();
      await worker.poll();
    }
    return {
      worker: await worker.launches.find(LAUNCH),
      backend: (await ledger.findLaunch(LAUNCH))?.launch,
    };
  };
  return { steps, synchronize };
};

type Step = keyof Awaited<ReturnType<typeof bothSides>>['steps'];

const STEPS: readonly Step[] = [
  'the tenant issues a token',
  'the tenant refuses',
  'the answer arrives',
  'the answer is lost',
  'the tab opens',
  'the tab lands',
  'the agent says that it worked',
  'the tab is given up',
  'the tenant’s log confirms',
  'the tenant’s log shows nothing',
  'a supervisor ends the session',
  'the agent ends the session',
  'the last report arrives again',
  'the worker asks',
  'the worker dies',
  'the network fails',
  'the network comes back',
];

const outcomeOf = async (happened: readonly Step[]) => {
  const { steps, synchronize } = await bothSides();
  for (const step of happened) {
    await steps[step]();
  }
  return synchronize();
};

describe('extension and backend', () => {
  test('agree on the state of a launch, whatever is lost, late, doubled or dies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { maxLength: 14 }), async (happened) => {
        const { worker, backend } = await outcomeOf(happened);
        expect(worker?.state).toBe(backend?.state);
      }),
      { numRuns: 400 },
    );
  });

  test('agree that a launch went well, and that it was ended', async () => {
    const well: readonly Step[] = [
      'the tenant issues a token',
      'the answer arrives',
      'the tab opens',
      'the tab lands',
      'the tenant’s log confirms',
    ];
    expect(await outcomeOf(well)).toMatchObject({
      worker: { state: 'confirmed', landedBy: 'tab', confirmedBy: 'actor' },
      backend: { state: 'confirmed', landedBy: 'tab' },
    });
    expect(await outcomeOf([...well, 'a supervisor ends the session'])).toMatchObject({
      worker: { state: 'ended', cause: 'supervisor' },
      backend: { state: 'ended', cause: 'supervisor' },
    });
  });
});
