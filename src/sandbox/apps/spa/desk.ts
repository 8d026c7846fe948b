import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { appHeaders } from '../app-headers.ts';
import { type AppServer, serveApp } from '../app-server.ts';
import { appStyle } from '../app-style.ts';
import { deskShell } from './desk-shell.ts';

export type DeskOptions = { origin: string; issuer: string; clientId: string };

const SDK_NAME = '@auth0/auth0-spa-js';

const sdkScript = (): Promise<string> => {
  const manifest = createRequire(import.meta.url).resolve(`${SDK_NAME}/package.json`);
  return readFile(join(dirname(manifest), 'dist', 'auth0-spa-js.production.esm.js'), 'utf8');
};

/** The page's script as browsers take it: without types, and the SDK from our own origin. */
const pageScript = async (): Promise<string> => {
  const source = await readFile(new URL('./desk-page.ts', import.meta.url), 'utf8');
  return stripTypeScriptTypes(source).replace(`'${SDK_NAME}'`, `'/auth0-spa-js.js'`);
};

/**
 * The target app "Desk": a single page app that requires an organization. Sign-in, callback and
 * logout are routes of the one page.
 */
const createDesk = async (options: DeskOptions): Promise<Hono> => {
  const app = new Hono();
  const [sdk, script] = await Promise.all([sdkScript(), pageScript()]);
  const headers = appHeaders(new URL(options.issuer).origin);
  const style = appStyle({ light: '#6b3fa0', dark: '#bb9af0' });
  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(headers)) {
      c.header(name, value);
    }
    await next();
  });
  const asScript = { 'Content-Type': 'text/javascript' };
  app.get('/app.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css' }));
  app.get('/desk.js', (c) => c.body(script, 200, asScript));
  app.get('/auth0-spa-js.js', (c) => c.body(sdk, 200, asScript));
  for (const path of ['/', '/login', '/callback', '/logout']) {
    app.get(path, (c) => c.html(deskShell(options)));
  }
  return app;
};

/** Starts the Desk on its own origin. */
export const startDesk = async (options: DeskOptions): Promise<AppServer> => {
  const app = await createDesk(options);
  const listener = getRequestListener(app.fetch);
  return serveApp(options.origin, (request, response) => void listener(request, response));
};
