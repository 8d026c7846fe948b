import { z } from 'zod';

const uris = z.array(z.string());

/** The client fields that can be changed here; an unknown one is refused. @see Auth0, PATCH /clients/{id} */
export const clientPatch = z.strictObject({
  name: z.string().min(1).optional(),
  callbacks: uris.optional(),
  allowed_logout_urls: uris.optional(),
  allowed_origins: uris.optional(),
  web_origins: uris.optional(),
  grant_types: z.array(z.string()).optional(),
  initiate_login_uri: z.string().optional(),
  logo_uri: z.string().optional(),
  is_first_party: z.boolean().optional(),
  organization_usage: z.enum(['deny', 'allow', 'require']).optional(),
  organization_require_behavior: z
    .enum(['no_prompt', 'pre_login_prompt', 'post_login_prompt'])
    .optional(),
  token_exchange: z.strictObject({ allow_any_profile_of_type: z.array(z.string()) }).optional(),
  is_token_endpoint_ip_header_trusted: z.boolean().optional(),
  oidc_logout: z
    .strictObject({
      backchannel_logout_urls: uris.max(1).optional(),
      backchannel_logout_initiators: z
        .strictObject({
          mode: z.enum(['custom', 'all']),
          selected_initiators: z.array(z.string()).optional(),
        })
        .optional(),
    })
    .optional(),
  session_transfer: z
    .strictObject({
      can_create_session_transfer_token: z.boolean().optional(),
      allowed_authentication_methods: z.array(z.enum(['cookie', 'query'])).optional(),
      enforce_device_binding: z.enum(['ip', 'asn', 'none']).optional(),
      allow_refresh_token: z.boolean().optional(),
      enforce_cascade_revocation: z.boolean().optional(),
      enforce_online_refresh_tokens: z.boolean().optional(),
      delegation: z
        .strictObject({
          allow_delegated_access: z.boolean().optional(),
          enforce_device_binding: z.literal('ip').optional(),
        })
        .nullable()
        .optional(),
    })
    .optional(),
});
