import * as z from 'zod/mini';
import { launchSchema } from '../../../../contract/launch.ts';
import type { RecordedLaunch } from '../../../ports/ledger.ts';
import { readContent } from '../rows/row-content.ts';
import type { launchesTable, personalTable } from '../schema.ts';

/** A launch's columns with the text and the personal values of its first row. */
export type LaunchRecord = {
  readonly launch: typeof launchesTable.$inferSelect;
  readonly content: string;
  readonly personal: typeof personalTable.$inferSelect | null;
};

/** What a launch's first row says of the decision; rows of before there were rules say nothing. */
const decisionSchema = z.pick(launchSchema, { grant: true, policies: true, policyHash: true });

/** What stands where a personal value was erased. */
const ERASED = '(erased)';

/** Describes a launch in the ledger's terms, what only the backend may know apart. */
export const describeLaunch = ({ launch, content, personal }: LaunchRecord): RecordedLaunch => {
  const {
    firstSeq: _firstSeq,
    lastSeq: _lastSeq,
    issuedAt,
    sessionId,
    redeemableUntil,
    ...shown
  } = launch;
  const personalValue = (wanted: string): string | undefined =>
    personal?.fields.find(({ field }) => field === wanted)?.value;
  const present = Object.entries({
    ...shown,
    ...decisionSchema.safeParse(readContent(content)).data,
    customerId: personalValue('customerId') ?? ERASED,
    customerName: personalValue('customerName'),
    reason: personalValue('reason'),
    ticket: personalValue('ticket'),
    requestedAt: launch.requestedAt.toISOString(),
    sessionEndsAt: launch.sessionEndsAt?.toISOString(),
    endedAt: launch.endedAt?.toISOString(),
    lookDueUntil: launch.lookDueUntil?.toISOString(),
  }).filter(([, value]) => value !== null && value !== undefined);
  const agentIp = personalValue('agentIp');
  return {
    launch: launchSchema.parse(Object.fromEntries(present)),
    ...(agentIp !== undefined && { agentIp }),
    ...(issuedAt && { issuedAt }),
    ...(sessionId !== null && { sessionId }),
    ...(redeemableUntil && { redeemableUntil }),
  };
};
