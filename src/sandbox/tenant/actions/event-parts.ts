import type { Caller } from '../context.ts';
import type { Directory } from '../directory.ts';
import type { TenantClient, TenantOrganization, TenantUser } from '../model.ts';

/** `event.client` of every trigger. */
export const clientPart = (client: TenantClient) => ({
  client_id: client.client_id,
  name: client.name,
  metadata: client.client_metadata ?? {},
});

/** `event.organization`, absent when there is none. */
export const organizationPart = (organization: TenantOrganization | undefined) =>
  organization && {
    id: organization.id,
    name: organization.name,
    display_name: organization.display_name,
    metadata: organization.metadata,
  };

/** `event.user`: the profile without anything secret. */
export const userPart = (user: TenantUser) => ({
  user_id: user.user_id,
  email: user.email,
  email_verified: user.email_verified,
  name: user.name,
  nickname: user.nickname,
  identities: user.identities,
  app_metadata: user.app_metadata,
  user_metadata: user.user_metadata,
  created_at: user.created_at,
  updated_at: user.updated_at,
});

/** `event.connection`. */
export const connectionPart = (directory: Directory, name: string) => {
  const connection = directory.connection(name);
  return { id: connection?.id ?? '', name, strategy: connection?.strategy ?? '', metadata: {} };
};

/** `event.request` without body and query, which differ by trigger. */
export const requestPart = (caller: Caller, ip: string) => ({
  ip,
  geoip: { countryCode: 'SE', countryName: 'Sweden', cityName: 'Gothenburg' },
  hostname: caller.domain.hostname,
  language: caller.language,
  method: caller.method,
  user_agent: caller.userAgent,
});
