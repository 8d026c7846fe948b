import type { Network } from './backend-http.ts';

/** The {@link Network} of the running browser. */
export const browserNetwork: Network = {
  fetch: (input, init) => fetch(input, init),
  isOnline: () => navigator.onLine,
  timeoutSignal: (milliseconds) => AbortSignal.timeout(milliseconds),
};
