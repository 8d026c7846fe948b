import { Worker } from 'node:worker_threads';

/** How much processor time the process may use while its event loop stands still, in milliseconds. */
const STALL_MILLISECONDS = 30_000;
const BEAT_MILLISECONDS = 1_000;

const WATCHER = `
  const { workerData } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const beats = new Int32Array(workerData.beats);
  let seen = Atomics.load(beats, 0);
  let usage = process.cpuUsage();
  // Processor time, not the clock: a machine that slept, or is busy with something else, is no loop that spins.
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    if (now !== seen) {
      seen = now;
      usage = process.cpuUsage();
    }
    const { user, system } = process.cpuUsage(usage);
    if ((user + system) / 1000 > workerData.stallMilliseconds) {
      writeSync(2, 'The event loop stood still for too long; the process ends itself.\\n');
      process.kill(process.pid, 'SIGKILL');
    }
  }, 500);
`;

/**
 * Ends the process when it uses 30 s of processor time while its event loop stands still, so that whoever
 * supervises it starts it anew: the embedded database can spin for ever on a disk that fails in the middle of
 * a write.
 */
export const startEventLoopWatchdog = (stallMilliseconds = STALL_MILLISECONDS): void => {
  const beats = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const counter = new Int32Array(beats);
  setInterval(() => Atomics.add(counter, 0, 1), BEAT_MILLISECONDS).unref();
  new Worker(WATCHER, {
    eval: true,
    execArgv: [],
    workerData: { beats, stallMilliseconds },
  }).unref();
};
