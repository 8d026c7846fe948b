import type * as z from 'zod/mini';
import { UsageError } from '../../../command-line/usage-error.ts';
import { isSecureTransport } from '../../../contract/login-url.ts';
import { problemSchema } from '../../../contract/problem.ts';
import { readOptionalSecret } from '../../config/load-config.ts';
import type { Options } from './command.ts';

/** The backend refused, or there is none. The message is for the person who asked. */
export class BackendRefusalError extends Error {
  override readonly name = 'BackendRefusalError';
}

/**
 * Calls the backend as the person whose access token is in the environment.
 * @throws {UsageError} when address or token are missing.
 * @throws {BackendRefusalError}
 */
export const callBackend = async <Reply>(
  { backend }: Options,
  method: 'GET' | 'POST',
  path: string,
  reply: z.ZodMiniType<Reply>,
  body?: object,
): Promise<Reply> => {
  const url = backend === undefined ? null : URL.parse(path, backend);
  if (!url || !isSecureTransport(url, true)) {
    throw new UsageError('--backend must be the https address of the backend.');
  }
  const token = readOptionalSecret(process.env, 'UNDERSTUDY_ACCESS_TOKEN');
  if (token === undefined) {
    throw new UsageError(
      'Set UNDERSTUDY_ACCESS_TOKEN, or UNDERSTUDY_ACCESS_TOKEN_FILE to a file that holds it.',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new UsageError('UNDERSTUDY_ACCESS_TOKEN is no access token.');
  }
  const response = await fetch(url, {
    method,
    redirect: 'error',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new BackendRefusalError(`Nothing answers at ${url.origin} as the backend would.`, {
      cause,
    });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  const problem = problemSchema.safeParse(answer).data;
  if (!response.ok) {
    throw new BackendRefusalError(
      problem ? `${problem.code}: ${problem.detail}` : `The backend answered ${response.status}.`,
    );
  }
  const expected = reply.safeParse(answer);
  if (!expected.success) {
    throw new BackendRefusalError(`What answers at ${url.origin} is not the backend.`);
  }
  return expected.data;
};
