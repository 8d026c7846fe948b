import { reference } from '../../tenant-settings/call.ts';
import type { JsonObject } from '../../tenant-settings/json.ts';
import {
  authenticationMethods,
  credentialsPath,
  enabledKeyIds,
  enableKeysCall,
  type ManagementKey,
  registerKeyCall,
} from '../../tenant-settings/management-keys.ts';
import { brokenLine, type Fix, fixByHand, type Line, rightLine, unknownLine } from '../line.ts';
import type { Patient } from '../patient.ts';

/** The id of a key that is registered by the call before. */
const REGISTERED = reference('credential:registered');

const nameOf = (credential: JsonObject): string => String(credential['name'] || credential['id']);

const fixOf = (
  client: JsonObject,
  keys: readonly ManagementKey[],
  known: readonly JsonObject[],
): Fix => {
  const clientId = String(client['client_id']);
  const missing = keys.filter(({ name }) => !known.some((each) => each['name'] === name));
  const registered = known.filter((each) => keys.some(({ name }) => name === each['name']));
  const [first, ...others] = missing;
  if (others.length > 0) {
    return fixByHand('Run "npm run setup".');
  }
  const ids = [...registered.map(({ id }) => String(id)), ...(first ? [REGISTERED] : [])];
  const settings = { name: client['name'] ?? '', ...authenticationMethods(keys) };
  const blocks = keys.map(
    ({ name, pem }) =>
      `credentials { name = ${JSON.stringify(name)}, credential_type = "public_key", pem = ${JSON.stringify(pem)} }`,
  );
  return {
    calls: [...(first ? [registerKeyCall(clientId, first)] : []), enableKeysCall(clientId, ids)],
    deployCli: `clients: [${JSON.stringify(settings)}]`,
    terraform: `auth0_client_credentials: authentication_method = "private_key_jwt", private_key_jwt { ${blocks.join(' ')} }`,
    dashboard: 'Applications → Applications → (the application) → Credentials → Private Key JWT',
  };
};

/**
 * Whether the backend's own application authenticates with the keys that the backend has, where the
 * configuration says that it signs in with one.
 */
export const checkManagementKeys = async (patient: Patient): Promise<readonly Line[]> => {
  const { api, settings, managementKeys: keys } = patient;
  const { managementClientId: clientId, managementAuthentication } = settings.auth0;
  const claim = {
    id: 'management.keys',
    title: 'The backend’s own application authenticates with the backend’s key and no other',
    wanted: keys?.map(({ name }) => name).join(' and ') ?? 'a key of the backend’s',
    why: 'Without its key the backend cannot read the tenant; with any other key somebody else can sign in as the backend.',
  };
  if (managementAuthentication === 'client_secret') {
    return [rightLine(claim, 'it has a secret, as configured')];
  }
  const client = await api.get(`/clients/${encodeURIComponent(clientId)}`);
  if (!client) {
    return [unknownLine(claim, `there is no application ${clientId}`)];
  }
  const known = await api.list(credentialsPath(clientId), 'credentials', 'whole');
  const enabledIds = enabledKeyIds(client);
  const enabled = known.filter(({ id }) => enabledIds.includes(String(id)));
  const found = enabled.map(nameOf).join(' and ') || 'no key';
  if (!keys) {
    return [
      enabled.length > 0
        ? unknownLine(claim, `${found}; the doctor was given no secrets file (--secrets)`)
        : brokenLine(claim, found, fixByHand('Run "npm run setup".')),
    ];
  }
  const expired = enabled.filter(
    ({ expires_at }) =>
      typeof expires_at === 'string' && Date.parse(expires_at) <= patient.clock().getTime(),
  );
  if (expired.length > 0) {
    const fix = fixByHand('Run "npm run setup -- --rotate-management-key".');
    return [brokenLine(claim, `${expired.map(nameOf).join(' and ')}, expired`, fix)];
  }
  const isRight =
    enabled.length === keys.length &&
    keys.every(({ name }) => enabled.some((each) => each['name'] === name));
  return [isRight ? rightLine(claim, found) : brokenLine(claim, found, fixOf(client, keys, known))];
};
