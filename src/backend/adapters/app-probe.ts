import type { AppProbe } from '../ports/app-probe.ts';

const TIMEOUT_MILLISECONDS = 5_000;

/**
 * Asks for a login URL of the configuration, without following redirects; any answer of HTTP counts.
 * What the backend can reach and what the agent's browser can reach may differ.
 */
export const probeApp: AppProbe = async (url) => {
  try {
    const response = await fetch(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    await response.body?.cancel();
    return true;
  } catch {
    // Refused, unresolvable or too slow: all are "not reachable".
    return false;
  }
};
