import type * as z from 'zod/mini';
import type { MessageListener } from '../../browser/runtime.ts';
import {
  envelopeSchema,
  type MessageDeclaration,
} from '../../messages/wire/message-declaration.ts';
import { refused } from '../../messages/wire/outcome.ts';
import { extensionProblem } from '../../messages/wire/problem.ts';
import { type OwnIdentity, SENDER_CHECKS } from '../../messages/wire/sender-check.ts';

/** A message and what answers it. */
export type Route = {
  readonly declaration: MessageDeclaration;
  readonly handle: (request: unknown) => Promise<unknown>;
};

/**
 * Ties a message to its handler; the handler gets the checked request. Its answer is checked too, so that
 * nothing leaves which the message does not declare, and views need not check it again.
 */
export const route = <Request extends z.ZodMiniType, Reply extends z.ZodMiniType>(
  declaration: MessageDeclaration<Request, Reply>,
  handler: (request: z.infer<Request>) => Promise<z.infer<Reply>>,
): Route => ({
  declaration,
  handle: async (request) =>
    declaration.reply.parse(await handler(declaration.request.parse(request))),
});

/**
 * Makes the listener for messages to the worker. Ignores whatever is not a known message, is not from whom
 * the message allows, or carries something else than the message declares. A handler
 * that breaks, or gives something else than declared, is answered as `internal`, without its reason.
 */
export const createRouter = (routes: readonly Route[], own: OwnIdentity): MessageListener => {
  const byName = new Map(routes.map((entry) => [entry.declaration.name, entry]));
  return (message, sender) => {
    const envelope = envelopeSchema.safeParse(message);
    const entry = envelope.success ? byName.get(envelope.data.name) : undefined;
    if (!(envelope.success && entry && SENDER_CHECKS[entry.declaration.sender](sender, own))) {
      return undefined;
    }
    const request = entry.declaration.request.safeParse(envelope.data.request);
    if (!request.success) {
      return undefined;
    }
    return entry.handle(request.data).catch((error: unknown) => {
      console.error(`The message ${entry.declaration.name} was not answered.`, nameOf(error));
      return refused(extensionProblem('internal'));
    });
  };
};

/** Only the kind of an error: its text could hold a URL or a customer's data. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
