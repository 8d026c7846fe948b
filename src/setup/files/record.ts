import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { Ids } from '../../tenant-settings/call.ts';
import { jsonObjectSchema } from '../../tenant-settings/json.ts';
import { answersSchema } from '../description/answers.ts';

const text = z.string().check(z.minLength(1));

/** Paths below `/api/v2` under which setup makes objects. */
export const MADE_TYPES = [
  'resource-servers',
  'clients',
  'client-grants',
  'roles',
  'actions/actions',
  'token-exchange-profiles',
] as const;

/** One thing that setup did in the tenant, with what it takes to undo it. */
const entrySchema = z.discriminatedUnion('kind', [
  /** An object that was made; `deployed` is a hash of what an Action was last deployed with. */
  z.strictObject({
    kind: z.literal('made'),
    ref: text,
    type: z.enum(MADE_TYPES),
    id: text,
    deployed: z.optional(text),
    /** It was made by another tool from what setup wrote: it is recognised, and never deleted. */
    adopted: z.optional(z.literal(true)),
  }),
  /** The `session_transfer` of a target app, as it was before and as setup left it. */
  z.strictObject({
    kind: z.literal('target'),
    clientId: text,
    before: z.nullable(jsonObjectSchema),
    after: jsonObjectSchema,
  }),
  z.strictObject({ kind: z.literal('connection'), connectionId: text, clientId: text }),
  z.strictObject({ kind: z.literal('organization'), organizationId: text, connectionId: text }),
  z.strictObject({ kind: z.literal('binding'), actionId: text }),
  z.strictObject({ kind: z.literal('member'), roleId: text, userId: text }),
]);
export type Entry = z.infer<typeof entrySchema>;

const recordSchema = z.strictObject({
  about: z.literal(
    'What "npm run setup" did in this tenant; "npm run setup -- --remove" undoes it.',
  ),
  answers: answersSchema,
  entries: z.array(entrySchema),
});
export type SetupRecord = z.infer<typeof recordSchema>;

/** The record cannot be read, so nothing may be changed or removed by it. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

/** Makes a record of nothing done yet. */
export const emptyRecord = (answers: SetupRecord['answers']): SetupRecord => ({
  about: 'What "npm run setup" did in this tenant; "npm run setup -- --remove" undoes it.',
  answers,
  entries: [],
});

/**
 * Reads what an earlier run did; `undefined` when there was none.
 * @throws {RecordError}
 */
export const readRecord = (path: string): SetupRecord | undefined => {
  if (!existsSync(path)) {
    return undefined;
  }
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new RecordError(`${path} cannot be read as a record of setup.`, { cause });
  }
};

/** Writes the record so that a reader sees the old one or the new one, never half of it. */
export const writeRecord = async (path: string, record: SetupRecord): Promise<void> => {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(recordSchema.parse(record), null, 2)}\n`);
  await rename(draft, path);
};

/** Gives the entry of an object that setup made. */
export const madeEntry = (
  { entries }: Pick<SetupRecord, 'entries'>,
  ref: string,
): Extract<Entry, { kind: 'made' }> | undefined =>
  entries.find(
    (entry): entry is Extract<Entry, { kind: 'made' }> =>
      entry.kind === 'made' && entry.ref === ref,
  );

/** Gives the ids of everything that setup made. */
export const idsOf = ({ entries }: Pick<SetupRecord, 'entries'>): Ids =>
  new Map(entries.flatMap((entry) => (entry.kind === 'made' ? [[entry.ref, entry.id]] : [])));

const keyOf = (entry: Entry): string => {
  switch (entry.kind) {
    case 'made':
      return `made ${entry.ref}`;
    case 'target':
      return `target ${entry.clientId}`;
    case 'connection':
      return `connection ${entry.connectionId} ${entry.clientId}`;
    case 'organization':
      return `organization ${entry.organizationId} ${entry.connectionId}`;
    case 'binding':
      return `binding ${entry.actionId}`;
    case 'member':
      return `member ${entry.roleId} ${entry.userId}`;
  }
};

/** Tells whether an entry is about an object with this id. */
const isAbout = (entry: Entry, id: string): boolean =>
  entry.kind !== 'made' && Object.values(entry).includes(id);

/**
 * Adds what was just done. What a target app had before the first change stays on record, whatever is
 * changed in it later. An object that is made again, because it was deleted, takes along what was
 * recorded of the old one.
 */
export const withEntry = (before: SetupRecord, entry: Entry): SetupRecord => {
  const key = keyOf(entry);
  const known = before.entries.find((candidate) => keyOf(candidate) === key);
  const isReplaced = known?.kind === 'made' && entry.kind === 'made' && known.id !== entry.id;
  const record = isReplaced
    ? { ...before, entries: before.entries.filter((other) => !isAbout(other, known.id)) }
    : before;
  const kept =
    entry.kind === 'target' && known?.kind === 'target'
      ? { ...entry, before: known.before }
      : entry;
  const entries = known
    ? record.entries.map((candidate) => (candidate === known ? kept : candidate))
    : [...record.entries, kept];
  return { ...record, entries };
};

/** Forgets what was undone. */
export const withoutEntry = (record: SetupRecord, entry: Entry): SetupRecord => ({
  ...record,
  entries: record.entries.filter((candidate) => keyOf(candidate) !== keyOf(entry)),
});
