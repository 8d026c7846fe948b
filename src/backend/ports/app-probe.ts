/** Tells whether anything answers at an origin within five seconds. Never rejects. */
export type AppProbe = (url: string) => Promise<boolean>;
