import { customerIdSchema } from '../../contract/ids.ts';
import {
  RECORD_KEY_GROUP,
  RECORD_URL_MAX_CHARACTERS,
  type RecordKey,
  type RecordMatches,
  type RecordPattern,
} from '../../contract/record.ts';
import type { CustomerDirectory, FoundCustomer } from '../ports/customer-directory.ts';
import { type Refusal, refuse } from '../refusal.ts';

const KEY_MAX_CHARACTERS = 256;
const EMAIL = /^[^\s@<>"(),;:\\]{1,64}@[^\s@<>"(),;:\\]{1,255}$/;

/** What a page showed: the address of a record, or an e-mail address. */
export type RecordSource = {
  readonly url: string | undefined;
  readonly email: string | undefined;
};

/** The customers that a record stands for, and what was looked for. */
export type ResolvedRecord = {
  readonly customers: readonly FoundCustomer[];
  readonly tried: RecordMatches['tried'];
};

type Wanted = { readonly key: RecordKey; readonly value: string; readonly system?: string };

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A malformed escape is no key of anybody.
    return undefined;
  }
};

const unknownRecord = refuse('invalid_request', "This is not the address of a customer's record.");

const wantedOfUrl = (url: string, patterns: readonly RecordPattern[]): Wanted | Refusal => {
  if (url.length > RECORD_URL_MAX_CHARACTERS || !/^https?:\/\//i.test(url)) {
    return unknownRecord;
  }
  for (const { system, urlPattern, key } of patterns) {
    const match = new URLPattern(urlPattern).exec(url);
    const group =
      match?.pathname.groups[RECORD_KEY_GROUP] ?? match?.search.groups[RECORD_KEY_GROUP];
    const value = group === undefined ? undefined : decode(group);
    if (value) {
      return { key, value, system };
    }
  }
  return unknownRecord;
};

const wantedOf = (source: RecordSource, patterns: readonly RecordPattern[]): Wanted | Refusal => {
  if (source.url !== undefined && source.email === undefined) {
    return wantedOfUrl(source.url, patterns);
  }
  if (source.email !== undefined && source.url === undefined) {
    return { key: 'email', value: source.email.trim() };
  }
  return refuse('invalid_request', 'Give either "url" or "email".');
};

const find = (
  directory: CustomerDirectory,
  { key, value }: Wanted,
): Promise<readonly FoundCustomer[]> =>
  key === 'user_id'
    ? directory.findByIds([customerIdSchema.parse(value)])
    : directory.findByKey(key, value);

/**
 * Resolves what a page showed to customers, by exact match only. What the page supplies is a key to look
 * for, never shown again: the agent sees whom the directory knows. None is an empty list; several are
 * left to the agent.
 * @throws {TenantUnavailableError | TenantBusyError}
 */
export const resolveRecord = async (
  directory: CustomerDirectory,
  patterns: readonly RecordPattern[],
  source: RecordSource,
): Promise<ResolvedRecord | Refusal> => {
  const wanted = wantedOf(source, patterns);
  if ('refused' in wanted) {
    return wanted;
  }
  if (wanted.value.length > KEY_MAX_CHARACTERS) {
    return unknownRecord;
  }
  if (wanted.key === 'email' && !EMAIL.test(wanted.value)) {
    return refuse('invalid_request', 'This is not an e-mail address.');
  }
  const { key, system } = wanted;
  return {
    customers: await find(directory, wanted),
    tried: { key, ...(system !== undefined && { system }) },
  };
};
