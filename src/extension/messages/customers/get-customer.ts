import * as z from 'zod/mini';
import { customerDetailsSchema } from '../../../contract/customer.ts';
import { customerIdSchema } from '../../../contract/ids.ts';
import { declareMessage } from '../wire/message-declaration.ts';

/** Asks the backend who this customer is, where they belong and which apps they can reach. */
export const getCustomer = declareMessage(
  'get_customer',
  'extension_page',
  z.strictObject({ customerId: customerIdSchema }),
  customerDetailsSchema,
);
