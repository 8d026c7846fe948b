import type { PolicyAttributes } from '../../ports/policy-attributes.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const valueAt = (metadata: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      metadata,
    );

/**
 * Reads from a customer's `app_metadata` what the company's rules know of them. A path leads through objects
 * with dots. Numbers and booleans become text; whatever is not there, or is no single value, is left out.
 */
export const customerAttributes = (
  metadata: unknown,
  paths: Readonly<Record<string, string>>,
): PolicyAttributes =>
  Object.fromEntries(
    Object.entries(paths).flatMap(([name, path]) => {
      const value = valueAt(metadata, path);
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, String(value)]]
        : [];
    }),
  );
