import * as z from 'zod/mini';
import { targetAppIdSchema } from './ids.ts';

/** `POST /v1/own-sessions`: the agent opened an app as themselves. Recorded, never gated. */
export const ownSessionRequestSchema = z.strictObject({ targetAppId: targetAppIdSchema });

/** The answer once it stands in the ledger. */
export const ownSessionSchema = z.object({ recorded: z.literal(true) });
