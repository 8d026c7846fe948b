import { UsageError } from '../../../command-line/usage-error.ts';
import { confirmedErasureSchema, requestedErasureSchema } from '../../../contract/erasure.ts';
import { callBackend } from './backend-call.ts';
import type { Command } from './command.ts';

/** Asks for a customer to be erased, or confirms what another person asked for. */
export const erase: Command = async (options) => {
  const { customer, confirm } = options;
  if ((customer === undefined) === (confirm === undefined)) {
    throw new UsageError(
      'erase needs --customer ID, or --confirm ID of what another person asked for.',
    );
  }
  if (confirm !== undefined) {
    const path = `/v1/erasures/${encodeURIComponent(confirm)}/confirm`;
    const { erasedValues } = await callBackend(options, 'POST', path, confirmedErasureSchema);
    process.stdout.write(`Erased ${erasedValues} values. Exports and backups still have them.\n`);
    return 0;
  }
  const asked = await callBackend(options, 'POST', '/v1/erasures', requestedErasureSchema, {
    customerId: customer,
  });
  process.stdout.write(
    `Asked. Another person confirms from ${asked.confirmableFrom} on:\n  npm run ledger -- erase --backend … --confirm ${asked.id}\n`,
  );
  return 0;
};
