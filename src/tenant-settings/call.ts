import type { Json } from './json.ts';

/**
 * One call to the Management API that changes something. Path and body may contain references such as
 * `{{client:requesting}}` to what an earlier call made; {@link resolveCall} puts the ids in.
 */
export type Call = {
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below `/api/v2`, with a slash at the beginning. */
  readonly path: string;
  readonly body?: Json;
};

/** Ids of what was made, by reference: `client:requesting` to a client id. */
export type Ids = ReadonlyMap<string, string>;

const REFERENCE = /\{\{([a-z-]+:[a-z-]+)\}\}/g;

/** A call needs the id of something that was not made. */
export class UnknownReferenceError extends Error {
  override readonly name = 'UnknownReferenceError';
}

/** Writes a reference as {@link resolveText} understands it. */
export const reference = (name: string): string => `{{${name}}}`;

/** Replaces every reference in a text by what `idOf` gives for its name. */
export const replaceReferences = (text: string, idOf: (name: string) => string): string =>
  text.replaceAll(REFERENCE, (_whole, name: string) => idOf(name));

/** Gives the names that a text refers to. */
export const referencesIn = (text: string): readonly string[] =>
  [...text.matchAll(REFERENCE)].flatMap(([, name]) => name ?? []);

/**
 * Puts ids in the place of references.
 * @throws {UnknownReferenceError}
 */
export const resolveText = (text: string, ids: Ids): string =>
  replaceReferences(text, (name) => {
    const id = ids.get(name);
    if (id === undefined) {
      throw new UnknownReferenceError(`The tenant has no ${name} yet.`);
    }
    return id;
  });

const resolveJson = (value: Json, ids: Ids): Json => {
  if (typeof value === 'string') {
    return resolveText(value, ids);
  }
  if (Array.isArray(value)) {
    return value.map((item) => resolveJson(item, ids));
  }
  return value === null || typeof value !== 'object'
    ? value
    : Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, resolveJson(inner, ids)]),
      );
};

/**
 * Gives a call as it is sent: ids in the path are encoded for a URL, those in the body stand as they are.
 * @throws {UnknownReferenceError}
 */
export const resolveCall = ({ method, path, body }: Call, ids: Ids): Call => {
  const encoded = new Map([...ids].map(([name, id]) => [name, encodeURIComponent(id)]));
  return {
    method,
    path: resolveText(path, encoded),
    ...(body !== undefined && { body: resolveJson(body, ids) }),
  };
};
