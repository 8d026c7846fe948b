import * as z from 'zod/mini';
import type { Customer } from '../../../contract/customer.ts';
import { recordMatchesSchema } from '../../../contract/record.ts';
import type { StorageArea } from '../../browser/storage.ts';
import type { Prefill } from '../../messages/entry-points/prefill.ts';
import { EMPTY_DRAFT } from '../../messages/launch/empty-draft.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import { problemReportSchema } from '../../messages/wire/problem-schema.ts';
import type { CustomerDirectory } from '../customers/customer-directory.ts';
import { createSerial } from '../storage/serial.ts';
import { singleFlight } from '../storage/single-flight.ts';
import { storedValue } from '../storage/stored-value.ts';
import type { LastLaunch } from './last-launch.ts';
import { type PrefillSource, prefillSourceSchema } from './prefill-source.ts';
import type { RecordLookup } from './record-lookup.ts';

const storedPrefillSchema = z.object({
  id: z.uuid(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  source: prefillSourceSchema,
  matches: z.optional(recordMatchesSchema),
  problem: z.optional(problemReportSchema),
});
type StoredPrefill = z.infer<typeof storedPrefillSchema>;

/**
 * Carries the customer whom the agent chose outside of the panel into it. It is kept in session storage, so that
 * neither a worker that dies nor a sign-in in between loses it, and is taken once.
 */
export type Prefills = {
  /** Takes what the agent chose, and forgets what they chose before. */
  readonly offer: (source: PrefillSource) => Promise<void>;
  /** Looks up what was not looked up yet, as soon as the agent is signed in. Never rejects. */
  readonly resolve: () => Promise<void>;
  readonly retry: (id: string) => Promise<void>;
  /** True for the first who asks: they have it now, and nobody else will. */
  readonly take: (id: string) => Promise<boolean>;
  /** What views are shown, or nothing. */
  readonly shown: () => Promise<Prefill | undefined>;
  /** Runs `task`, which clears the session storage, and keeps what was chosen before anybody was signed in. */
  readonly keepThrough: (task: () => Promise<void>) => Promise<void>;
};

type Dependencies = {
  readonly session: StorageArea;
  readonly lookUp: RecordLookup;
  readonly directory: Pick<CustomerDirectory, 'known' | 'remember'>;
  readonly lastLaunch: Pick<LastLaunch, 'read'>;
  readonly isSignedIn: () => Promise<boolean>;
  readonly now: () => number;
  readonly makeId: () => string;
  /** Called after each change. */
  readonly onChange: () => void;
};

/** Long enough to sign in first; after that the agent has forgotten it too. */
const MAX_AGE_MILLISECONDS = 10 * 60_000;

const isUnresolved = ({ source, matches, problem }: StoredPrefill): boolean =>
  (source.kind === 'record' || source.kind === 'email') && !matches && !problem;

/** Makes {@link Prefills}. */
export const createPrefills = (dependencies: Dependencies): Prefills => {
  const { session, directory, now, onChange } = dependencies;
  const stored = storedValue(session, 'prefill', storedPrefillSchema);
  // Whoever asks after a click gets what that click wrote: reads wait for writes.
  const serial = createSerial();

  const read = async (): Promise<StoredPrefill | undefined> => {
    const prefill = await stored.read();
    return prefill && now() - prefill.at <= MAX_AGE_MILLISECONDS ? prefill : undefined;
  };

  const change = (id: string, changed: Pick<StoredPrefill, 'matches' | 'problem'>): Promise<void> =>
    serial(async () => {
      const prefill = await read();
      if (prefill?.id !== id) {
        return;
      }
      const { id: _id, at, source } = prefill;
      await stored.write({ id, at, source, ...changed });
    });

  const lookUp = async ({ id, source }: StoredPrefill): Promise<void> => {
    if (source.kind !== 'record' && source.kind !== 'email') {
      return;
    }
    const answer = await dependencies.lookUp(source);
    // A sign-in that expired in the middle is no answer: the next one looks again.
    if (!answer.ok && !(await dependencies.isSignedIn())) {
      return;
    }
    if (answer.ok) {
      await directory.remember(answer.value.customers, []);
    }
    await change(id, answer.ok ? { matches: answer.value } : { problem: answer.problem });
    onChange();
  };

  const resolve = singleFlight(async () => {
    const done = new Set<string>();
    for (;;) {
      const prefill = await serial(read);
      if (!prefill || done.has(prefill.id) || !isUnresolved(prefill)) {
        return;
      }
      if (!(await dependencies.isSignedIn())) {
        return;
      }
      done.add(prefill.id);
      await lookUp(prefill);
    }
  });

  const ofCustomer = async (
    id: string,
    draft: Extract<Prefill, { state: 'customer' }>['draft'],
    resolved?: Customer,
  ): Promise<Prefill> => {
    const customer = resolved ?? (await directory.known()).get(draft.customerId ?? '');
    return { id, state: 'customer', draft, ...(customer && { customer }) };
  };

  const ofMatches = ({ id, matches, problem }: StoredPrefill): Promise<Prefill> | Prefill => {
    if (problem) {
      return { id, state: 'failed', problem };
    }
    if (!matches) {
      return { id, state: 'resolving' };
    }
    const [only, ...others] = matches.customers;
    return only && others.length === 0
      ? ofCustomer(id, { ...EMPTY_DRAFT, customerId: only.id }, only)
      : { id, state: 'matches', matches };
  };

  const present = async (prefill: StoredPrefill): Promise<Prefill> => {
    const { id, source } = prefill;
    switch (source.kind) {
      case 'record':
      case 'email':
        return ofMatches(prefill);
      case 'search':
        return { id, state: 'search', query: source.text };
      case 'customer': {
        const { customerId, targetAppId } = source;
        const chosen = { customerId, ...(targetAppId !== undefined && { targetAppId }) };
        return ofCustomer(id, { ...EMPTY_DRAFT, ...chosen });
      }
      case 'last_launch': {
        const draft = await dependencies.lastLaunch.read();
        return draft
          ? ofCustomer(id, draft)
          : { id, state: 'failed', problem: extensionProblem('nothing_to_repeat') };
      }
      case 'launch':
        return { id, state: 'launch', launchId: source.launchId };
      case 'problem':
        return { id, state: 'failed', problem: source.problem };
    }
  };

  return {
    offer: async (source) => {
      await serial(() => stored.write({ id: dependencies.makeId(), at: now(), source }));
      onChange();
      await resolve();
    },
    resolve,
    retry: async (id) => {
      await change(id, {});
      onChange();
      await resolve();
    },
    take: (id) =>
      serial(async () => {
        const isIt = (await read())?.id === id;
        if (isIt) {
          await stored.forget();
        }
        return isIt;
      }),
    shown: async () => {
      const prefill = await serial(read);
      return prefill && present(prefill);
    },
    keepThrough: (task) =>
      serial(async () => {
        const wasSignedIn = await dependencies.isSignedIn();
        const prefill = wasSignedIn ? undefined : await read();
        await task();
        if (prefill) {
          await stored.write({ id: prefill.id, at: prefill.at, source: prefill.source });
        }
      }),
  };
};
