import type * as z from 'zod/mini';
import type { StorageArea } from '../../browser/storage.ts';

/** One value in a storage area, checked each time it is read. */
export type StoredValue<Value> = {
  /** The value, or `undefined` when there is none or another version wrote something else there. */
  readonly read: () => Promise<Value | undefined>;
  readonly write: (value: Value) => Promise<void>;
  readonly forget: () => Promise<void>;
};

/** Binds a key of a storage area to a schema. */
export const storedValue = <Schema extends z.ZodMiniType>(
  area: StorageArea,
  key: string,
  schema: Schema,
): StoredValue<z.infer<Schema>> => ({
  read: async () => {
    const parsed = schema.safeParse(await area.get(key));
    return parsed.success ? parsed.data : undefined;
  },
  write: (value) => area.set(key, value),
  forget: () => area.remove([key]),
});
