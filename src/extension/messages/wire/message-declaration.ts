import * as z from 'zod/mini';
import { outcomeSchema } from './outcome.ts';
import type { AllowedSender } from './sender-check.ts';

/** One message: its name, who may send it, what it carries and what it is answered with. */
export type MessageDeclaration<
  Request extends z.ZodMiniType = z.ZodMiniType,
  Reply extends z.ZodMiniType = z.ZodMiniType,
> = {
  readonly name: string;
  readonly sender: AllowedSender;
  readonly request: Request;
  readonly reply: Reply;
};

/** Declares a message whose reply is an outcome with the given value. */
export const declareMessage = <
  const Name extends string,
  Request extends z.ZodMiniType,
  Value extends z.ZodMiniType,
>(
  name: Name,
  sender: AllowedSender,
  request: Request,
  value: Value,
) => ({ name, sender, request, reply: outcomeSchema(value) });

/** What a message without content carries. */
export const nothingSchema = z.strictObject({});

/** The shape of every message on the wire; the request is checked by the declaration of that name. */
export const envelopeSchema = z.strictObject({ name: z.string(), request: z.unknown() });
