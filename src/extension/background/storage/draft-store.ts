import type { StorageArea } from '../../browser/storage.ts';
import { type Draft, draftSchema } from '../../messages/launch/draft.ts';
import { storedValue } from './stored-value.ts';

/** Keeps what the agent typed for the browser session. */
export const createDraftStore = (session: StorageArea) => {
  const stored = storedValue(session, 'draft', draftSchema);
  return {
    save: (draft: Draft): Promise<void> => stored.write(draft),
    /** Forgets the draft of a launch that was made, unless somebody else or another app was chosen since. */
    forgetOf: async ({
      customerId,
      targetAppId,
    }: Pick<Draft, 'customerId' | 'targetAppId'>): Promise<void> => {
      const draft = await stored.read();
      if (draft && draft.customerId === customerId && draft.targetAppId === targetAppId) {
        await stored.forget();
      }
    },
  };
};
