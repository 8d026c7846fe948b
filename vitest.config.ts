import { defineConfig } from 'vitest/config';
import { HeaviestFirst } from './test/heaviest-first.ts';

/**
 * How many files of a project run at the same time on two cores. Browser tests wait more than they compute,
 * so they get one worker more than there are cores; integration tests were not faster with one more.
 */
const WORKERS = { unit: 2, integration: 2, e2e: 3 };

const SANDBOXES = ['test/sandbox-setup.ts'];
const SANDBOXES_AND_LEDGER = [...SANDBOXES, 'test/empty-ledger-setup.ts'];
/** A condition is waited for as long as a busy machine may take. */
const PATIENT = { poll: { timeout: 30_000 } };

/**
 * A test that fails is tried once more, so that a stall of the machine fails no run. One that passed only then is a
 * race to be found: it is named at the end of the run, with what it said at first.
 */
const TRIED_AGAIN = { retry: 1 };

/**
 * What the gate leaves to the long run: it has each of these ways once already, in another language, look, place,
 * browser, store or kind of key, with other permissions or another cause, at another moment, without a browser, or with
 * one backend instead of two.
 */
const SECOND_LOOKS = [
  'test/e2e/entry-points/real-hands.test.ts',
  'test/e2e/extension/options-states.test.ts',
  'test/e2e/extension/popup-accessible.test.ts',
  'test/e2e/extension/popup-german.test.ts',
  'test/e2e/extension/popup-states.test.ts',
  'test/e2e/firefox/containers.test.ts',
  'test/e2e/firefox/history.test.ts',
  'test/e2e/firefox/never-somebody-else.test.ts',
  'test/e2e/launch/company-rules.test.ts',
  'test/e2e/session/banner-look.test.ts',
  'test/e2e/session/diagnosis-of-other-causes.test.ts',
  'test/e2e/session/good-launches.test.ts',
  'test/e2e/session/history.test.ts',
  'test/e2e/session/landing-without-access.test.ts',
  'test/e2e/session/one-domain.test.ts',
  'test/e2e/session/restart.test.ts',
  'test/e2e/session/side-by-side.test.ts',
  'test/e2e/session/supervisor-end.test.ts',
  'test/e2e/session/tabs-of-a-session.test.ts',
  'test/e2e/session/worker-death.test.ts',
  'test/integration/backend/ledger/duties-of-replicas.test.ts',
  'test/integration/backend/ledger/replicas.test.ts',
  'test/integration/backend/ledger/rules-of-replicas.test.ts',
  'test/integration/setup/launch-with-other-keys.test.ts',
];

export default defineConfig({
  define: { __TEST_PACE__: '1', __BUILD__: '"unit-tests"' },
  test: {
    reporters: ['default'],
    sequence: { sequencer: HeaviestFirst },
    projects: [
      {
        extends: true,
        test: {
          ...TRIED_AGAIN,
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          maxWorkers: WORKERS.unit,
          sequence: { groupOrder: 0 },
          // Files share the modules that their worker has loaded, in half the time; each puts back what it
          // replaced of the globals.
          isolate: false,
          unstubGlobals: true,
          expect: PATIENT,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...TRIED_AGAIN,
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: SECOND_LOOKS,
          globalSetup: SANDBOXES_AND_LEDGER,
          expect: PATIENT,
          maxWorkers: WORKERS.integration,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...TRIED_AGAIN,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: SECOND_LOOKS,
          provide: { permissionsOfAgent: 'default' },
          globalSetup: SANDBOXES,
          expect: PATIENT,
          maxWorkers: WORKERS.e2e,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          ...TRIED_AGAIN,
          name: 'long',
          // The walks once more, with an agent who has allowed everything.
          include: ['test/long/**/*.test.ts', 'test/e2e/walks/**/*.test.ts', ...SECOND_LOOKS],
          provide: { permissionsOfAgent: 'all' },
          globalSetup: SANDBOXES_AND_LEDGER,
          expect: PATIENT,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
          testTimeout: 600_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
