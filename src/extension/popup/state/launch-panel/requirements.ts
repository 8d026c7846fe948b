import type { LaunchRequirements } from '../../../../contract/agent.ts';
import type { LaunchOutlook } from '../../../messages/launch/preview-launch.ts';

/**
 * What this very launch must carry: what the backend said of it, or, where it said nothing, what it wants of
 * launches in general.
 */
export const requirementsFor = (
  general: LaunchRequirements,
  outlook: LaunchOutlook | undefined,
): LaunchRequirements => {
  const needs = outlook?.preview?.needs;
  if (!needs) {
    return general;
  }
  return {
    reason: { ...general.reason, required: needs.includes('reason') },
    ticket: { ...general.ticket, required: needs.includes('ticket') },
  };
};
