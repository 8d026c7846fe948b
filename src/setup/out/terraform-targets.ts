import { isJsonObject, type JsonObject } from '../../tenant-settings/json.ts';
import { objectMeeting, patchFor } from '../../tenant-settings/requirement.ts';
import type { Description } from '../description/describe.ts';
import { textOf } from '../plan/change.ts';
import type { ManagementApi } from '../tenant/management-api.ts';
import { type Block, blockOf, expression } from './hcl.ts';

/**
 * Every argument of `auth0_client` but `session_transfer`: all that the module leaves to the app's owner.
 * @see auth0/auth0 provider 1.55, `auth0_client`
 */
const OWNERS_ARGUMENTS = [
  'addons',
  'allowed_clients',
  'allowed_logout_urls',
  'allowed_origins',
  'app_type',
  'async_approval_notification_channels',
  'callbacks',
  'client_aliases',
  'client_metadata',
  'compliance_level',
  'cross_origin_auth',
  'cross_origin_loc',
  'custom_login_page',
  'custom_login_page_on',
  'default_organization',
  'description',
  'encryption_key',
  'express_configuration',
  'fedcm_login',
  'form_template',
  'grant_types',
  'identity_assertion_authorization_grant',
  'initiate_login_uri',
  'is_first_party',
  'is_token_endpoint_ip_header_trusted',
  'jwt_configuration',
  'logo_uri',
  'mobile',
  'my_organization_configuration',
  'name',
  'native_social_login',
  'oidc_backchannel_logout_urls',
  'oidc_conformant',
  'oidc_logout',
  'organization_discovery_methods',
  'organization_require_behavior',
  'organization_usage',
  'redirection_policy',
  'refresh_token',
  'require_proof_of_possession',
  'require_pushed_authorization_requests',
  'resource_server_identifier',
  'skip_non_verifiable_callback_uri_confirmation_prompt',
  'sso',
  'sso_disabled',
  'third_party_security_mode',
  'token_exchange',
  'token_quota',
  'web_origins',
];

/** The `session_transfer` that an app has, with what it lacks; the provider writes the whole of it. */
const sessionTransferOf = (client: JsonObject, { targetRequirements }: Description): JsonObject => {
  const { session_transfer } = patchFor(client, targetRequirements) ?? client;
  return isJsonObject(session_transfer) ? session_transfer : {};
};

const targetBlocks = (
  clientId: string,
  client: JsonObject,
  description: Description,
): readonly Block[] => {
  const label = `target_${clientId.replaceAll(/[^A-Za-z0-9_-]/g, '_')}`;
  return [
    {
      type: 'import',
      arguments: { to: expression(`auth0_client.${label}`), id: clientId },
    },
    {
      type: 'resource',
      labels: ['auth0_client', label],
      arguments: { name: textOf(client, 'name') || clientId },
      blocks: [
        blockOf('session_transfer', sessionTransferOf(client, description)),
        {
          type: 'lifecycle',
          arguments: {
            prevent_destroy: true,
            ignore_changes: expression(`[${OWNERS_ARGUMENTS.join(', ')}]`),
          },
        },
      ],
    },
  ];
};

/**
 * Gives the resources of the target apps: each is imported, `session_transfer` is all that the module sets, and
 * nothing that stands in the module can delete the app.
 */
export const allTargetBlocks = async (
  description: Description,
  api: Pick<ManagementApi, 'get'>,
): Promise<readonly Block[]> => {
  const blocks: Block[] = [];
  for (const clientId of description.targets) {
    const client =
      (await api.get(`/clients/${encodeURIComponent(clientId)}`)) ??
      objectMeeting(description.targetRequirements);
    blocks.push(...targetBlocks(clientId, client, description));
  }
  return blocks;
};
