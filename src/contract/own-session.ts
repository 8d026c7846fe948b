import * as z from 'zod/mini';
import { targetAppIdSchema } from './ids.ts';

/** `POST /v1/own-sessions`: the agent opened an app as themselves. Recorded, never gated. */
export const ownSessionRequestSchema = z.strictObject({ targetAppId: targetAppIdSchema });
export type OwnSessionRequest = z.infer<typeof ownSessionRequestSchema>;

/** The answer once it stands in the ledger. */
export const ownSessionSchema = z.object({ recorded: z.literal(true) });
