import type { CustomerId, TargetAppId } from '../../../contract/ids.ts';
import { changeDraft, draft } from './state.ts';

/** Opens the launch panel for a customer. The app is given where the agent chose one together with the customer. */
export const choose = (customerId: CustomerId, targetAppId?: TargetAppId): void => {
  const { query, reason, ticket } = draft.value;
  const kept = { query, reason, ticket, customerId };
  draft.value = targetAppId === undefined ? kept : { ...kept, targetAppId };
  changeDraft({});
};

/** Leaves the launch panel for the search, which still has what was typed. */
export const unchoose = (): void => {
  const { query, reason, ticket } = draft.value;
  draft.value = { query, reason, ticket };
  changeDraft({});
};
