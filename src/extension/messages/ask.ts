import type * as z from 'zod/mini';
import { sendMessage } from '../browser/runtime.ts';
import type { MessageDeclaration } from './message-declaration.ts';
import { refused } from './outcome.ts';
import { extensionProblem } from './problem.ts';

/**
 * Sends a message to the worker and gives its checked answer. Never rejects: a worker that stopped
 * in the middle, or an answer of another shape, is the problem `worker_stopped`.
 */
export const ask = async <Request extends z.ZodMiniType, Reply extends z.ZodMiniType>(
  declaration: MessageDeclaration<Request, Reply>,
  request: z.input<Request>,
): Promise<z.infer<Reply> | ReturnType<typeof refused>> => {
  try {
    const reply = await sendMessage({ name: declaration.name, request });
    return declaration.reply.parse(reply);
  } catch {
    // The channel closes without an answer when the browser stops the worker; the caller shows that.
    return refused(extensionProblem('worker_stopped'));
  }
};
