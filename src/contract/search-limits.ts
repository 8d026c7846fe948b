/** The least that a search takes; shorter terms match too much of a million customers. */
export const SEARCH_MIN_CHARACTERS = 3;

/** The most that a search takes. */
export const SEARCH_MAX_CHARACTERS = 100;
