import * as z from 'zod/mini';

/** What the Management API takes and gives. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** Any JSON object; what is in it is read by the paths of requirements. */
export const jsonObjectSchema: z.ZodMiniType<JsonObject> = z.record(z.string(), z.json());

/** Tells a JSON object from every other value, arrays included. */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Gives the value at a dotted path such as `session_transfer.delegation`, `undefined` where there is none. */
export const valueAt = (object: JsonObject, path: string): Json | undefined => {
  let value: Json | undefined = object;
  for (const name of path.split('.')) {
    value = isJsonObject(value) ? value[name] : undefined;
  }
  return value;
};

/** Gives a copy with the value at a dotted path; everything beside the path stays as it is. */
export const withValue = (object: JsonObject, path: string, value: Json): JsonObject => {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    return { ...object, [name]: value };
  }
  const inner = object[name];
  return { ...object, [name]: withValue(isJsonObject(inner) ? inner : {}, rest.join('.'), value) };
};

/** Compares two JSON values; the order of an object's names does not count. */
export const isSameJson = (a: Json | undefined, b: Json | undefined): boolean => {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]));
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => isSameJson(a[name], b[name]));
  }
  return a === b;
};
