import type { PostLoginCheck } from './post-login-check.ts';

const MAXIMUM_ENTRIES = 25;
const MAXIMUM_CHARACTERS = 255;

/** At most 25 entries, names and values of at most 255 characters. @see Auth0 documentation, "Session Metadata" */
export const metadataWithinLimits: PostLoginCheck = ({ sessionChanges }) => {
  const entries = Object.entries(sessionChanges.metadata);
  return entries.length <= MAXIMUM_ENTRIES &&
    entries.flat().every((text) => text.length <= MAXIMUM_CHARACTERS)
    ? undefined
    : 'Session metadata has at most 25 entries of 255 characters.';
};
