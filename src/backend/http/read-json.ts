import { readLimited } from '../read-limited.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { ClientGoneError } from './client-gone.ts';

/** The largest request body, in bytes. The largest honest one is a launch with its actor token. */
const MAX_BODY_BYTES = 64 * 1024;

type UnreadableBody = { readonly refusal: Refusal; readonly status: 400 | 413 };

const unreadable = (status: 400 | 413, detail: string): UnreadableBody => ({
  status,
  refusal: refuse('invalid_request', detail),
});

/**
 * Reads a JSON body of at most 64 KiB; the value is still to be checked by a schema.
 * @throws {ClientGoneError} when the body does not arrive.
 */
export const readJson = async (
  request: Request,
): Promise<{ readonly value: unknown } | UnreadableBody> => {
  const tooLarge = unreadable(413, 'The request is larger than 64 KiB.');
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return unreadable(400, 'The request must be application/json.');
  }
  if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) {
    return tooLarge;
  }
  const text = await readLimited(request.body, MAX_BODY_BYTES).catch((cause: unknown) => {
    throw new ClientGoneError('The request broke off before its body had arrived.', { cause });
  });
  if (text === undefined) {
    return tooLarge;
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return unreadable(400, 'The request is not JSON.');
  }
};
