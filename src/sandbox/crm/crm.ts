import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { appHeaders } from '../apps/app-headers.ts';
import { type AppServer, serveApp } from '../apps/app-server.ts';
import { appStyle } from '../apps/app-style.ts';
import { type CrmRecord, listPage, missingPage, recordPage } from './crm-pages.ts';

/** A plain CRM: a table of customers, and a page for each under `/customers/{user_id}`. */
export const createCrm = (records: readonly CrmRecord[]): Hono => {
  const app = new Hono();
  const byId = new Map(records.map((record) => [record.id, record]));
  const style = appStyle({ light: '#2b59c3', dark: '#83aaff' });
  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(appHeaders())) {
      c.header(name, value);
    }
    await next();
  });
  app.get('/app.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css' }));
  app.get('/', (c) => c.redirect('/customers'));
  app.get('/customers', (c) => c.html(listPage(records)));
  app.get('/customers/:id', (c) => {
    const record = byId.get(c.req.param('id'));
    return record ? c.html(recordPage(record)) : c.html(missingPage(), 404);
  });
  return app;
};

/** Starts the CRM on its own origin. */
export const startCrm = (origin: string, records: readonly CrmRecord[]): Promise<AppServer> => {
  const listener = getRequestListener(createCrm(records).fetch);
  return serveApp(origin, (request, response) => void listener(request, response));
};
