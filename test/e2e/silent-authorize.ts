import type { Endpoints } from '../../src/commands/sandbox-process.ts';

/** Where Shop asks the customers' domain, without a prompt, whether somebody is signed in. */
export const silentAuthorizeUrl = ({ tenant, targetApps }: Endpoints): string => {
  const shop = targetApps.find(({ kind }) => kind === 'express');
  const authorize = new URL('/authorize', tenant.customers);
  authorize.search = new URLSearchParams({
    client_id: shop?.id ?? '',
    response_type: 'code',
    redirect_uri: new URL('/callback', shop?.home).href,
    scope: 'openid',
    prompt: 'none',
    state: 's',
  }).toString();
  return authorize.href;
};
