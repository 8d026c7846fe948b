import type { StorageArea } from '../../browser/storage.ts';
import { type Draft, draftSchema } from '../../messages/launch/draft.ts';
import { storedValue } from './stored-value.ts';

/** Keeps what the agent typed for the browser session. */
export const createDraftStore = (session: StorageArea) => {
  const stored = storedValue(session, 'draft', draftSchema);
  return {
    save: (draft: Draft): Promise<void> => stored.write(draft),
    forget: stored.forget,
  };
};
