/** The least that a search takes: names such as Li, Ng and 王芳 have two characters. */
export const SEARCH_MIN_CHARACTERS = 2;

/** The most that a search takes. */
export const SEARCH_MAX_CHARACTERS = 100;

/** How many customers a search gives unless it asks for more. */
export const SEARCH_DEFAULT_RESULTS = 20;

/** The most customers that a search gives. */
export const SEARCH_MAX_RESULTS = 50;
