import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { refuse } from '../refusal.ts';
import type { HttpEnvironment } from './environment.ts';
import { problemResponse } from './problem-response.ts';

/**
 * Firefox gives every installation a random origin, so only its shape can be allowed. That lets the
 * browser deliver the answer; it authenticates nobody.
 */
const FIREFOX_ORIGIN = /^moz-extension:\/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** How long a browser may call without asking first. Chromium takes no more than two hours. */
const PREFLIGHT_SECONDS = 7_200;

const isAllowed = (origin: string, extensionIds: readonly string[]): boolean =>
  FIREFOX_ORIGIN.test(origin) || extensionIds.some((id) => origin === `chrome-extension://${id}`);

/** Answers CORS for the configured extensions only, without credentials. */
export const allowExtensions = (extensionIds: readonly string[]) =>
  cors({
    origin: (origin) => (isAllowed(origin, extensionIds) ? origin : null),
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['authorization', 'content-type'],
    maxAge: PREFLIGHT_SECONDS,
  });

/** Refuses whatever a browser sends on behalf of a web page or an unknown extension. */
export const refuseForeignOrigins = (extensionIds: readonly string[]) =>
  createMiddleware<HttpEnvironment>(async (c, next) => {
    const origin = c.req.header('origin');
    if (origin === undefined || isAllowed(origin, extensionIds)) {
      return next();
    }
    return problemResponse(c, refuse('policy_denied', 'This origin may not call the backend.'));
  });
