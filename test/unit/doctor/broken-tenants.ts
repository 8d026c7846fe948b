import type { BrokenTenant } from './broken-tenants/broken-tenant.ts';
import { BROKEN_OWN_APPLICATIONS } from './broken-tenants/own-applications.ts';
import { BROKEN_TARGET_APPS } from './broken-tenants/target-apps.ts';
import { BROKEN_TENANT_SETTINGS } from './broken-tenants/tenant-settings.ts';

/** Tenants with one mistake each, whose fix is a call to the Management API. */
export const BROKEN_TENANTS: readonly BrokenTenant[] = [
  ...BROKEN_OWN_APPLICATIONS,
  ...BROKEN_TARGET_APPS,
  ...BROKEN_TENANT_SETTINGS,
];
