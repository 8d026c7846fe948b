/** A target app that can be stopped and started again at its address. */
export type AppSwitch = {
  isRunning: () => boolean;
  /** Settles when connections are accepted, or refused. */
  setRunning: (running: boolean) => Promise<void>;
};
