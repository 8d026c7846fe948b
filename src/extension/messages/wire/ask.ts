import type * as z from 'zod/mini';
import { sendMessage } from '../../browser/runtime.ts';
import type { MessageDeclaration } from './message-declaration.ts';
import { extensionProblem, type ProblemReport } from './problem.ts';

type Refused = { readonly ok: false; readonly problem: ProblemReport };

/**
 * Sends a message to the worker and gives its answer. Never rejects: a worker that stopped in the middle
 * is the problem `worker_stopped`.
 *
 * The worker checks each answer against the message's declaration before it sends it, and nobody else
 * answers, so it is not checked again here: views name a declaration as a type only, which keeps the
 * schemas, half of the script that a popup would have to load, out of them.
 */
export const ask = async <Declaration extends MessageDeclaration>(
  name: Declaration['name'],
  request: z.input<Declaration['request']>,
): Promise<z.infer<Declaration['reply']> | Refused> => {
  try {
    return await sendMessage<z.infer<Declaration['reply']>>({ name, request });
  } catch {
    // The channel closes without an answer when the browser stops the worker; the caller shows that.
    return { ok: false, problem: extensionProblem('worker_stopped') };
  }
};
