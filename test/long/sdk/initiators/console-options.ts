import type { Server } from 'node:http';
import * as z from 'zod';

/** What a support console is told by its environment. */
export const consoleOptions = z
  .object({
    TENANT_DOMAIN: z.string(),
    CLIENT_ID: z.string(),
    CLIENT_SECRET: z.string(),
    PORT: z.coerce.number(),
    TARGET_LOGIN_URL: z.string(),
  })
  .transform((environment) => ({
    domain: environment.TENANT_DOMAIN,
    clientId: environment.CLIENT_ID,
    clientSecret: environment.CLIENT_SECRET,
    port: environment.PORT,
    baseUrl: `http://localhost:${environment.PORT}`,
    targetLoginUrl: environment.TARGET_LOGIN_URL,
    secret: 'a-secret-of-64-characters-for-the-session-cookie-of-this-console',
  }))
  .parse(process.env);

export const SUBJECT_TOKEN_TYPE = 'urn:understudy:customer';

/** Listens, and says so to the process that waits for it. */
export const listenForAgents = (server: Server): void => {
  server.listen(consoleOptions.port, '127.0.0.1', () => {
    process.stdout.write('ready\n');
  });
};
