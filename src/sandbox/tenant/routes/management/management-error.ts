import type { Context } from 'hono';
import type { TenantEnv } from '../../context.ts';

const titles = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
} as const;

/** An error as the Management API words it. @see Auth0 Management API v2, errors */
export const managementError = (
  c: Context<TenantEnv>,
  status: keyof typeof titles,
  message: string,
  errorCode?: string,
): Response =>
  c.json(
    {
      statusCode: status,
      error: titles[status],
      message,
      ...(errorCode !== undefined && { errorCode }),
    },
    status,
  );
