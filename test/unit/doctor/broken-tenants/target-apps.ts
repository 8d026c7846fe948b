import type { TenantClient } from '../../../../src/sandbox/tenant/model.ts';
import { type BrokenTenant, broken, client, disable } from './broken-tenant.ts';

const shop = (change: (client: TenantClient) => void) => client('Shop', change);

/** Mistakes in the application of a target app. */
export const BROKEN_TARGET_APPS: readonly BrokenTenant[] = [
  broken(
    'the app takes no token from the URL',
    'target.shop.session_transfer.allowed_authentication_methods',
    shop((each) => {
      each.session_transfer = {
        ...each.session_transfer,
        allowed_authentication_methods: ['cookie'],
      };
    }),
  ),
  broken(
    'the app is closed to delegation',
    'target.shop.session_transfer.delegation.allow_delegated_access',
    shop((each) => {
      each.session_transfer = { ...each.session_transfer, delegation: null };
    }),
  ),
  broken(
    'the app gives refresh tokens to delegated sessions',
    'target.shop.session_transfer.allow_refresh_token',
    shop((each) => {
      each.session_transfer = { ...each.session_transfer, allow_refresh_token: true };
    }),
  ),
  broken(
    'the app has no login URL',
    'target.shop.initiate_login_uri',
    shop((each) => {
      each.initiate_login_uri = undefined;
    }),
  ),
  broken(
    'the app’s login URL is on an origin that is not allowed',
    ['target.shop.initiate_login_uri', 'target.shop.login_route'],
    shop((each) => {
      each.initiate_login_uri = 'https://other.company.example/login';
    }),
  ),
  broken(
    'the app has a callback on localhost',
    'target.shop.callbacks',
    shop((each) => {
      each.callbacks.push('http://localhost:3000/callback');
    }),
  ),
  broken(
    'the app has no code flow',
    'target.shop.grant_types',
    shop((each) => {
      each.grant_types = ['implicit'];
    }),
  ),
  broken(
    'the app’s ID tokens are signed with a secret',
    'target.shop.jwt_configuration.alg',
    shop((each) => {
      Object.assign(each.jwt_configuration, { alg: 'HS256' });
    }),
  ),
  broken(
    'the app is not OIDC conformant',
    'target.shop.oidc_conformant',
    shop((each) => {
      each.oidc_conformant = false;
    }),
  ),
  broken(
    'the customers’ connection is not enabled on the app',
    'target.shop.connection',
    disable('customers', 'Shop'),
  ),
];
