import {
  extensionRequirements,
  managementRequirements,
  REQUESTING_REQUIREMENTS,
  TARGET_APP_REQUIREMENTS,
  TARGET_REQUIREMENTS,
} from '../../tenant-settings/client-requirements.ts';
import { isJsonObject, type Json, type JsonObject } from '../../tenant-settings/json.ts';
import type { Requirement } from '../../tenant-settings/requirement.ts';
import { brokenLine, fixByHand, type Line, rightLine } from '../line.ts';
import type { Patient } from '../patient.ts';
import { type Judged, settingLines } from '../settings-fix.ts';

/** Gives an application as it is judged; its name in sentences is its own. */
export const judgedClient = (id: string, client: JsonObject): Judged => {
  const name = typeof client['name'] === 'string' ? client['name'] : id;
  return {
    id,
    title: `The application ${name}`,
    object: client,
    path: `/clients/${encodeURIComponent(String(client['client_id']))}`,
    section: 'clients',
    key: { name },
    resource: 'auth0_client',
  };
};

const clientLines = async (
  { api }: Patient,
  id: string,
  clientId: string,
  requirements: readonly Requirement[],
): Promise<readonly Line[]> => {
  const client = await api.get(`/clients/${encodeURIComponent(clientId)}`);
  const claim = {
    id: `${id}.exists`,
    title: `The application ${clientId} (${id}) exists`,
    wanted: clientId,
    why: 'The backend’s configuration names it.',
  };
  return client
    ? [rightLine(claim, clientId), ...settingLines(judgedClient(id, client), requirements)]
    : [
        brokenLine(
          claim,
          'not there',
          fixByHand('Run "npm run setup", or correct the id in the backend’s configuration.'),
        ),
      ];
};

/** The settings of the three applications and of every target app, each for its part in a launch. */
export const checkApplications = async (patient: Patient): Promise<readonly Line[]> => {
  const { auth0, extension, targetApps } = patient.settings;
  const extensionWants = extensionRequirements({
    chromeIds: extension.ids,
    firefoxRedirectOrigin: patient.firefoxRedirectOrigin,
  });
  const lines = [
    ...(await clientLines(patient, 'extension', auth0.extensionClientId, extensionWants)),
    ...(await clientLines(
      patient,
      'requesting',
      auth0.requestingClientId,
      REQUESTING_REQUIREMENTS,
    )),
    ...(await clientLines(
      patient,
      'management',
      auth0.managementClientId,
      managementRequirements(auth0.managementAuthentication),
    )),
  ];
  for (const clientId of Object.keys(targetApps)) {
    const wants = [...TARGET_REQUIREMENTS, ...TARGET_APP_REQUIREMENTS];
    lines.push(...(await clientLines(patient, `target.${clientId}`, clientId, wants)));
    lines.push(...(await addressLines(patient, clientId)));
  }
  return lines;
};

const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const loginUrlLine = (patient: Patient, clientId: string, client: JsonObject): Line => {
  const override = patient.settings.targetApps[clientId]?.loginUrl;
  const own = client['initiate_login_uri'];
  const loginUrl = override ?? (typeof own === 'string' ? own : '');
  const { loginOrigins } = patient.settings;
  const claim = {
    id: `target.${clientId}.initiate_login_uri`,
    title: `The app ${String(client['name'])} says where its login begins`,
    wanted: `an address on ${loginOrigins.join(' or ')}`,
    why: 'Without it the backend leaves the app out: nobody can be sent there with a token.',
  };
  const origin = URL.parse(loginUrl)?.origin;
  if (origin !== undefined && loginOrigins.includes(origin)) {
    return rightLine(claim, loginUrl);
  }
  const known = patient.settings.targetApps[clientId]?.origins?.[0] ?? loginOrigins[0];
  const wanted = `${known ?? 'https://app.example.com'}/login`;
  const body = { initiate_login_uri: wanted };
  return brokenLine(claim, loginUrl === '' ? 'not set' : loginUrl, {
    calls: [{ method: 'PATCH', path: `/clients/${encodeURIComponent(clientId)}`, body }],
    deployCli: `clients: [${JSON.stringify({ name: client['name'] ?? '', ...body })}]`,
    terraform: `auth0_client: initiate_login_uri = ${JSON.stringify(wanted)}`,
    dashboard:
      'Applications → Applications → (the application) → Settings → Application Login URI, and "loginOrigins" of the backend',
  });
};

const callbackLine = (clientId: string, client: JsonObject): Line => {
  const callbacks = texts(client['callbacks']);
  const isLocal = (url: string): boolean => LOOPBACK.has(URL.parse(url)?.hostname ?? '');
  const local = callbacks.filter(isLocal);
  const claim = {
    id: `target.${clientId}.callbacks`,
    title: `The app ${String(client['name'])} has no callback on this machine`,
    wanted: 'none on localhost or a loopback address',
    why: 'Auth0 redeems no session transfer token for a callback on localhost, and whoever runs something there would get the customer’s code.',
    severity: 'warning' as const,
  };
  if (local.length === 0) {
    return rightLine(claim, `${callbacks.length} callbacks, none local`);
  }
  const body = { callbacks: callbacks.filter((url) => !isLocal(url)) };
  return brokenLine(claim, local.join(', '), {
    calls: [{ method: 'PATCH', path: `/clients/${encodeURIComponent(clientId)}`, body }],
    deployCli: `clients: [${JSON.stringify({ name: client['name'] ?? '', ...body })}]`,
    terraform: `auth0_client: callbacks = ${JSON.stringify(body.callbacks)}`,
    dashboard: 'Applications → Applications → (the application) → Settings → Allowed Callback URLs',
  });
};

const addressLines = async (patient: Patient, clientId: string): Promise<readonly Line[]> => {
  const client = await patient.api.get(`/clients/${encodeURIComponent(clientId)}`);
  return isJsonObject(client)
    ? [loginUrlLine(patient, clientId, client), callbackLine(clientId, client)]
    : [];
};
