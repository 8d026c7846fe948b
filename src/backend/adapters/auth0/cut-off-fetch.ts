/** Sends each call until a cut-off: then every call under way is aborted, and so is every later one. */
export const cutOffFetch =
  (send: typeof fetch, cutOff: AbortSignal): typeof fetch =>
  (input, init) => {
    const own = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    return send(input, { ...init, signal: own ? AbortSignal.any([own, cutOff]) : cutOff });
  };
