/** How far the backend has come on its way out. */
export type Shutdown = {
  /** Whether it was told to stop: new launches are refused from then on. */
  readonly hasBegun: () => boolean;
  /** Aborted when what is still under way must come to an end. */
  readonly cutOff: AbortSignal;
  readonly begin: () => void;
  readonly cut: () => void;
};

/** Makes the state of a backend that nobody has told to stop. */
export const createShutdown = (): Shutdown => {
  let begun = false;
  const controller = new AbortController();
  return {
    hasBegun: () => begun,
    cutOff: controller.signal,
    begin: () => {
      begun = true;
    },
    cut: () => controller.abort(),
  };
};
