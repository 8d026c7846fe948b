import type { FixtureTenant } from './fixture-tenant.ts';

/** Asks a tenant as somebody outside would, always from the same address. */
export const fetchFrom = (tenant: FixtureTenant, url: string, init: RequestInit = {}) =>
  tenant.fetch(new Request(url, init), { ip: '198.51.100.7' });
