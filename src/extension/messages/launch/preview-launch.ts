import * as z from 'zod/mini';
import { launchPreviewSchema } from '../../../contract/launch-preview.ts';
import { declareMessage } from '../wire/message-declaration.ts';
import { launchRequestMessageSchema } from './launch.ts';
import { launchStatusSchema } from './launch-status.ts';

/** What would be launched, before it has an id. */
const previewRequestSchema = z.omit(launchRequestMessageSchema, {
  id: true,
  clearLoginDomain: true,
  grant: true,
  stepUp: true,
});
export type PreviewRequestMessage = z.infer<typeof previewRequestSchema>;

/**
 * What a launch would meet. `preview` is the backend's word, absent where the backend gives none.
 * `inTheWay` are the sessions that would be ended first, `ownSession` tells whether the agent's own
 * "Open as me" session would be, and `sameApp` is the session of this customer in this app and place.
 */
const launchOutlookSchema = z.object({
  preview: z.optional(launchPreviewSchema),
  inTheWay: z.array(launchStatusSchema),
  ownSession: z.boolean(),
  sameApp: z.optional(launchStatusSchema),
});
export type LaunchOutlook = z.infer<typeof launchOutlookSchema>;

/** The agent chose a customer and an app: asks what a launch would need and end. */
export const previewLaunch = declareMessage(
  'preview_launch',
  'extension_page',
  previewRequestSchema,
  launchOutlookSchema,
);
