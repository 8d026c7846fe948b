import { isJsonObject, type Json, type JsonObject, valueAt } from '../../tenant-settings/json.ts';
import { BACKEND_SCOPES } from '../../tenant-settings/management-scopes.ts';
import { brokenLine, fixByHand, type Line, noteLine, rightLine } from '../line.ts';
import type { Patient } from '../patient.ts';

const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const WRITES_USERS = ['create:users', 'update:users', 'update:users_app_metadata'];

const grantsFor = async ({ api, settings }: Patient): Promise<readonly JsonObject[]> =>
  (await api.list('/client-grants', 'client_grants', 'totals')).filter(
    ({ audience }) => audience === `https://${settings.auth0.managementDomain}/api/v2/`,
  );

/** What the backend's own application may do: what is listed, and nothing that could change the tenant. */
export const checkBackendScopes = async (patient: Patient): Promise<readonly Line[]> => {
  const { managementClientId } = patient.settings.auth0;
  const grants = await grantsFor(patient);
  const grant = grants.find(({ client_id }) => client_id === managementClientId);
  const granted = texts(grant?.['scope']);
  const missing = BACKEND_SCOPES.filter((scope) => !granted.includes(scope));
  const extra = granted.filter((scope) => !(BACKEND_SCOPES as readonly string[]).includes(scope));
  const claim = {
    id: 'management.scope',
    title: 'The backend’s own application may read the tenant and end sessions, nothing else',
    wanted: BACKEND_SCOPES.join(' '),
    why: 'Without a scope the backend cannot decide; with one too many, whoever takes the backend can change the tenant. It refuses to start then.',
  };
  if (grant && missing.length === 0 && extra.length === 0) {
    return [rightLine(claim, granted.join(' '))];
  }
  const scope = [...BACKEND_SCOPES];
  const audience = `https://${patient.settings.auth0.managementDomain}/api/v2/`;
  return [
    brokenLine(
      claim,
      grant
        ? [
            missing.length > 0 ? `missing: ${missing.join(' ')}` : '',
            extra.length > 0 ? `too many: ${extra.join(' ')}` : '',
          ]
            .filter(Boolean)
            .join('; ')
        : 'no grant for the Management API',
      {
        calls: [
          grant
            ? {
                method: 'PATCH',
                path: `/client-grants/${encodeURIComponent(String(grant['id']))}`,
                body: { scope },
              }
            : {
                method: 'POST',
                path: '/client-grants',
                body: { client_id: managementClientId, audience, scope },
              },
        ],
        deployCli: `clientGrants: [${JSON.stringify({ client_id: 'Understudy management', audience, scope })}]`,
        terraform: `auth0_client_grant: scopes = ${JSON.stringify(scope)}`,
        dashboard: 'Applications → APIs → Auth0 Management API → Machine to Machine Applications',
      },
    ),
  ];
};

const canDelegate = (client: JsonObject): boolean =>
  valueAt(client, 'session_transfer.can_create_session_transfer_token') === true &&
  texts(valueAt(client, 'token_exchange.allow_any_profile_of_type')).includes(
    'custom_authentication',
  ) &&
  client['token_endpoint_auth_method'] !== 'none';

/** Who else in the tenant could act as a customer, or turn somebody into a protected one or an agent. */
export const checkOthers = async (patient: Patient): Promise<readonly Line[]> => {
  const { auth0 } = patient.settings;
  const clients = await patient.api.list('/clients', 'clients', 'totals');
  const nameOf = (id: Json | undefined): string =>
    String(clients.find(({ client_id }) => client_id === id)?.['name'] ?? id);
  const others = clients.filter(
    (client) => canDelegate(client) && client['client_id'] !== auth0.requestingClientId,
  );
  const othersClaim = {
    id: 'others.clients',
    title: 'No other application can make session transfer tokens for other people',
    wanted: 'only the requesting application',
    why: 'What it makes is in no ledger of yours; Understudy’s Actions judge their own launches only.',
    severity: 'warning' as const,
  };
  const profiles = await patient.api.list(
    '/token-exchange-profiles',
    'token_exchange_profiles',
    'checkpoint',
  );
  const otherProfiles = profiles.filter(
    (profile) => profile['subject_token_type'] !== auth0.subjectTokenType,
  );
  const writers = (await grantsFor(patient)).filter(({ scope }) =>
    texts(scope).some((each) => WRITES_USERS.includes(each)),
  );
  const profilesClaim = {
    id: 'others.profiles',
    title: 'Other token exchange profiles',
    wanted: 'known to you',
    why: 'The requesting application may use each of them; the post-login Action refuses whatever is no launch.',
  };
  const writersClaim = {
    id: 'others.user_writers',
    title: 'Applications that may write users',
    wanted: 'known to you',
    why: 'Whoever writes app_metadata can take the mark off a protected account.',
  };
  const [first] = others;
  return [
    first
      ? brokenLine(othersClaim, others.map(({ name }) => String(name)).join(', '), {
          ...fixByHand('Management API only'),
          calls: [
            {
              method: 'PATCH',
              path: `/clients/${encodeURIComponent(String(first['client_id']))}`,
              body: {
                session_transfer: {
                  ...(isJsonObject(first['session_transfer']) && first['session_transfer']),
                  can_create_session_transfer_token: false,
                },
              },
            },
          ],
        })
      : rightLine(othersClaim, 'none'),
    otherProfiles.length > 0
      ? noteLine(profilesClaim, otherProfiles.map(({ name }) => String(name)).join(', '))
      : rightLine(profilesClaim, 'none'),
    writers.length > 0
      ? noteLine(writersClaim, writers.map(({ client_id }) => nameOf(client_id)).join(', '))
      : rightLine(writersClaim, 'none'),
  ];
};
