import * as z from 'zod/mini';
import { customersSchema } from '../../../contract/customer.ts';
import { SEARCH_MAX_CHARACTERS, SEARCH_MAX_RESULTS } from '../../../contract/search-limits.ts';
import { declareMessage } from '../wire/message-declaration.ts';

/** Looks for customers; the term is passed to the backend as it is. */
export const searchCustomers = declareMessage(
  'search_customers',
  'extension_page',
  z.strictObject({
    query: z.string().check(z.maxLength(SEARCH_MAX_CHARACTERS)),
    limit: z.int().check(z.minimum(1), z.maximum(SEARCH_MAX_RESULTS)),
  }),
  customersSchema,
);
