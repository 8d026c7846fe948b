import * as z from 'zod/mini';

/**
 * The permissions that the backend's API defines in the tenant. They are read from the access
 * token's `permissions` claim only, which Auth0 fills from roles; `scope` is what a client asked for
 * and proves nothing about the person.
 * @see Auth0 "Enable Role-Based Access Control for APIs"
 */
export const PERMISSIONS = [
  'impersonate:customers',
  'read:customers',
  'read:launches',
  'end:launches',
  'read:ledger',
  'make:evidence',
  'erase:customers',
] as const;

export const permissionSchema = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof permissionSchema>;
