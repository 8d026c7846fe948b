import { Worker } from 'node:worker_threads';

/** How long the event loop may stand still before the process is ended, in milliseconds. */
const STALL_MILLISECONDS = 30_000;
const BEAT_MILLISECONDS = 1_000;

const WATCHER = `
  const { workerData } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const beats = new Int32Array(workerData.beats);
  let seen = Atomics.load(beats, 0);
  let silentMilliseconds = 0;
  // Counted in ticks, not by the clock: a machine that slept has not been silent.
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    silentMilliseconds = now === seen ? silentMilliseconds + 500 : 0;
    seen = now;
    if (silentMilliseconds > workerData.stallMilliseconds) {
      writeSync(2, 'The event loop stood still for too long; the process ends itself.\\n');
      process.kill(process.pid, 'SIGKILL');
    }
  }, 500);
`;

/**
 * Ends the process when its event loop stands still for 30 s, so that whoever supervises it starts it
 * anew: the embedded database can spin for ever on a disk that fails in the middle of a write.
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
