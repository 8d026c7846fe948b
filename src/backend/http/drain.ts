import { createMiddleware } from 'hono/factory';
import { refuse } from '../refusal.ts';
import type { HttpEnvironment } from './environment.ts';
import { problemResponse } from './problem-response.ts';

/**
 * Closes each connection with its next answer once the backend is stopping, so that a client that keeps
 * connections alive opens its next one elsewhere.
 */
export const closeConnections = (isStopping: () => boolean) =>
  createMiddleware<HttpEnvironment>(async (c, next) => {
    await next();
    if (isStopping()) {
      c.header('connection', 'close');
    }
  });

/** Refuses new launches while the backend is stopping, before anything is recorded: the same id may be asked for again. */
export const refuseWhileStopping = (isStopping: () => boolean) =>
  createMiddleware<HttpEnvironment>(async (c, next) =>
    isStopping() && c.req.method === 'POST'
      ? problemResponse(c, refuse('shutting_down', 'The backend is stopping; another one answers.'))
      : next(),
  );
