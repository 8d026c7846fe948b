import type * as z from 'zod/mini';
import type { StorageArea } from '../../browser/storage.ts';

/** One value in a storage area, checked when it is read, and again when the area gives another one. */
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
): StoredValue<z.infer<Schema>> => {
  // A launch reads the list of launches a dozen times, and to check it takes as long as to store it.
  let checked: { readonly raw: unknown; readonly value: z.infer<Schema> | undefined } | undefined;
  return {
    read: async () => {
      const raw = await area.get(key);
      if (checked === undefined || checked.raw !== raw) {
        checked = { raw, value: schema.safeParse(raw).data };
      }
      return checked.value;
    },
    write: (value) => area.set(key, value),
    forget: () => {
      checked = undefined;
      return area.remove([key]);
    },
  };
};
