import { type Refusal, refuse } from '../refusal.ts';

/** The largest request body, in bytes. The largest honest one is a launch with its actor token. */
const MAX_BODY_BYTES = 64 * 1024;

type UnreadableBody = { readonly refusal: Refusal; readonly status: 400 | 413 };

const unreadable = (status: 400 | 413, detail: string): UnreadableBody => ({
  status,
  refusal: refuse('invalid_request', detail),
});

const readLimited = async (body: ReadableStream<Uint8Array>): Promise<string | undefined> => {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
};

/** Reads a JSON body of at most 64 KiB; the value is still to be checked by a schema. */
export const readJson = async (
  request: Request,
): Promise<{ readonly value: unknown } | UnreadableBody> => {
  const tooLarge = unreadable(413, 'The request is larger than 64 KiB.');
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return unreadable(400, 'The request must be application/json.');
  if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) return tooLarge;
  const text = request.body ? await readLimited(request.body) : '';
  if (text === undefined) return tooLarge;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return unreadable(400, 'The request is not JSON.');
  }
};
