import type { TenantContext } from '../../context.ts';

/** A fresh id with a prefix as Auth0 writes them: letters and digits only. */
export const newId = ({ randomToken }: TenantContext, prefix: string): string =>
  `${prefix}${randomToken(18).replaceAll(/[^A-Za-z0-9]/g, '')}`;
