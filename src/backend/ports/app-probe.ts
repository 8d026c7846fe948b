/** Tells whether anything answers at an origin within three seconds. Never rejects. */
export type AppProbe = (url: string) => Promise<boolean>;
