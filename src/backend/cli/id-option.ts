import type * as z from 'zod/mini';
import { UsageError } from '../../command-line/usage-error.ts';

/** Reads an id as the contract has it. @throws {UsageError} */
export const idOf = <Id>(option: string, schema: z.ZodMiniType<Id>, text: string): Id => {
  const id = schema.safeParse(text);
  if (!id.success) {
    throw new UsageError(`--${option} is too long for an id.`);
  }
  return id.data;
};
