import type { RecordMatches, RecordPattern } from '../../../contract/record.ts';
import { type Outcome, refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import type { BackendClient } from '../backend/backend-client.ts';
import { isRecordUrl } from './match-patterns.ts';
import type { PrefillSource } from './prefill-source.ts';

type Lookup = Extract<PrefillSource, { kind: 'record' | 'email' }>;

/** Asks the backend which customers a record or an address stands for, by exact match. */
export type RecordLookup = (source: Lookup) => Promise<Outcome<RecordMatches>>;

type Dependencies = {
  readonly client: BackendClient;
  /** How records are recognised, as far as that is known. */
  readonly patterns: () => Promise<readonly RecordPattern[]>;
};

/**
 * Makes {@link RecordLookup}. Only addresses that may be of a record leave the browser: where else the
 * agent has been is nobody's business.
 */
export const createRecordLookup =
  ({ client, patterns }: Dependencies): RecordLookup =>
  async (source) => {
    if (source.kind === 'email') {
      return client('customersByRecord', { query: { email: source.email } });
    }
    const known = await patterns();
    const url = source.urls.find((candidate) => isRecordUrl(candidate, known));
    if (url === undefined) {
      return refused(extensionProblem('not_a_record'));
    }
    const answer = await client('customersByRecord', { query: { url } });
    const isOther = !answer.ok && answer.problem.code === 'invalid_request';
    return isOther ? refused(extensionProblem('not_a_record')) : answer;
  };
