import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import * as z from 'zod/mini';

/** Firefox's own remote control: WebDriver commands over a socket, and scripts in the browser itself. */
export type Marionette = {
  /** Sends a command and gives its result. @throws {MarionetteError} when the browser refuses it. */
  readonly send: (name: string, parameters?: object) => Promise<unknown>;
  readonly close: () => void;
};

/** A command that the browser refused; `code` is WebDriver's, such as `no such element`. */
export class MarionetteError extends Error {
  override readonly name = 'MarionetteError';
  readonly code: string;
  constructor(command: string, code: string, detail: string) {
    super(`${command}: ${code}: ${detail}`);
    this.code = code;
  }
}

/** `[1, id, error, result]`. @see Firefox source docs, Marionette protocol 3 */
const responseSchema = z.tuple([
  z.literal(1),
  z.number(),
  z.nullable(z.object({ error: z.string(), message: z.string() })),
  z.unknown(),
]);

type Pending = { readonly command: string; readonly settle: PromiseWithResolvers<unknown> };

/** Cuts the stream into messages: each is its length in bytes, a colon, and JSON. */
const messagesFrom = (socket: Socket, receive: (message: unknown) => void): void => {
  let buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const colon = buffer.indexOf(':');
      if (colon === -1) {
        return;
      }
      const end = colon + 1 + Number(buffer.subarray(0, colon).toString());
      if (buffer.length < end) {
        return;
      }
      receive(JSON.parse(buffer.subarray(colon + 1, end).toString()));
      buffer = buffer.subarray(end);
    }
  });
};

/** Connects to a Firefox that was started with `--marionette`, and begins a session. */
export const connectMarionette = async (port: number): Promise<Marionette> => {
  const socket = connect(port, '127.0.0.1');
  const greeted = Promise.withResolvers<void>();
  const pending = new Map<number, Pending>();
  let lastId = 0;

  messagesFrom(socket, (message) => {
    const response = responseSchema.safeParse(message);
    if (!response.success) {
      return greeted.resolve();
    }
    const [, id, error, result] = response.data;
    const waiting = pending.get(id);
    pending.delete(id);
    if (!waiting) {
      return;
    }
    if (error) {
      waiting.settle.reject(new MarionetteError(waiting.command, error.error, error.message));
    } else {
      waiting.settle.resolve(result);
    }
  });
  socket.on('close', () => {
    for (const { command, settle } of pending.values()) {
      settle.reject(new MarionetteError(command, 'disconnected', 'Firefox is gone.'));
    }
  });

  await once(socket, 'connect');
  await greeted.promise;
  const send: Marionette['send'] = (command, parameters = {}) => {
    lastId += 1;
    const settle = Promise.withResolvers<unknown>();
    pending.set(lastId, { command, settle });
    const body = Buffer.from(JSON.stringify([0, lastId, command, parameters]));
    socket.write(Buffer.concat([Buffer.from(`${body.length}:`), body]));
    return settle.promise;
  };
  await send('WebDriver:NewSession', { strictFileInteractability: true });
  return { send, close: () => socket.destroy() };
};
