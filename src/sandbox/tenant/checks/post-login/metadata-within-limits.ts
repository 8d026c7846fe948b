import type { PostLoginCheck } from './post-login-check.ts';

const maximumEntries = 25;
const maximumCharacters = 255;

/** At most 25 entries, names and values of at most 255 characters. @see Auth0 documentation, "Session Metadata" */
export const metadataWithinLimits: PostLoginCheck = ({ sessionChanges }) => {
  const entries = Object.entries(sessionChanges.metadata);
  return entries.length <= maximumEntries &&
    entries.flat().every((text) => text.length <= maximumCharacters)
    ? undefined
    : 'Session metadata has at most 25 entries of 255 characters.';
};
