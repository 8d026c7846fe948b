import type { CustomerId, TargetAppId } from '../../../contract/ids.ts';
import { createCell } from './cell.ts';
import { changeDraft, draft } from './state.ts';

/** What was typed for the customer whose panel was left last. It belongs to that customer alone. */
let left: { customerId: CustomerId; reason: string; ticket: string } | undefined;

/** The customer whom the agent chose in this popup, in the search or in a list. Nothing that was prefilled. */
export const chosenHere = createCell<CustomerId | undefined>(undefined);

/** Opens the launch panel for a customer. The app is given where the agent chose one together with the customer. */
export const choose = (customerId: CustomerId, targetAppId?: TargetAppId): void => {
  const { reason, ticket } = left?.customerId === customerId ? left : { reason: '', ticket: '' };
  const { query } = draft.value;
  chosenHere.value = customerId;
  draft.value = {
    query,
    reason,
    ticket,
    customerId,
    ...(targetAppId !== undefined && { targetAppId }),
  };
  changeDraft({});
};

/** Leaves the launch panel for the search, which still has what was typed there. */
export const unchoose = (): void => {
  const { query, customerId, reason, ticket } = draft.value;
  left = customerId === undefined ? undefined : { customerId, reason, ticket };
  chosenHere.value = undefined;
  draft.value = { query, reason: '', ticket: '' };
  changeDraft({});
};
