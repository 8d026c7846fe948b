import type * as z from 'zod/mini';
import { configFileSchema } from '../backend/config/config.ts';

/** The backend's configuration as its own schema reads it. */
export type BackendSettings = z.infer<typeof configFileSchema>;

/** The configuration cannot be used. Each problem names its field. */
export class BackendSettingsError extends Error {
  override readonly name = 'BackendSettingsError';
}

/**
 * Reads the configuration of a backend.
 * @throws {BackendSettingsError} naming every field that is wrong.
 */
export const readBackendSettings = (text: string): BackendSettings => {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new BackendSettingsError('The configuration is not JSON.', { cause });
  }
  const parsed = configFileSchema.safeParse(raw);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || '(top level)'}: ${message}`,
    );
    throw new BackendSettingsError(problems.join('\n'));
  }
  return parsed.data;
};
