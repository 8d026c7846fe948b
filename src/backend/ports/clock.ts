/** Tells the time. A dependency, so that tests decide it. */
export type Clock = () => Date;
