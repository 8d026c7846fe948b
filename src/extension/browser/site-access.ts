/** Match patterns of all pages of these origins. Ports are left out: match patterns have none in Firefox. */
export const patternsOf = (origins: readonly string[]): string[] =>
  origins.map((origin) => {
    const { protocol, hostname } = new URL(origin);
    return `${protocol}//${hostname}/*`;
  });

/** Tells whether the agent has already given access to all these origins. */
export const hasHostPermission = (origins: readonly string[]): Promise<boolean> =>
  chrome.permissions.contains({ origins: patternsOf(origins) });

/** Calls back after the agent gave a permission, in whichever view that was. */
export const onPermissionAdded = (listener: () => void): void =>
  chrome.permissions.onAdded.addListener(() => listener());
