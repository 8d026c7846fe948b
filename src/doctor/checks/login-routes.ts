import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../tenant-settings/json.ts';
import { brokenLine, fixByHand, type Line, noteLine, rightLine, unknownLine } from '../line.ts';
import type { Patient } from '../patient.ts';
import { probeLoginUrl } from '../probe/initiate-login.ts';

const HOW =
  'In the app: pass session_transfer_token and organization from the login URL on to /authorize (docs/set-up.md says how for each SDK).';

const tenantHostsOf = async ({ api, settings }: Patient): Promise<readonly string[]> => {
  const domains = await api.list('/custom-domains', 'custom_domains', 'whole');
  return [
    settings.auth0.managementDomain,
    new URL(settings.auth0.issuer).host,
    ...Object.values(settings.targetApps).flatMap(({ loginDomain }) => loginDomain ?? []),
    ...domains.map(({ domain }) => String(domain)),
  ];
};

const probeLines = async (
  patient: Patient,
  clientId: string,
  client: JsonObject,
): Promise<readonly Line[]> => {
  const override = patient.settings.targetApps[clientId];
  const loginUrl = override?.loginUrl ?? String(client['initiate_login_uri'] ?? '');
  const name = String(client['name']);
  const claim = {
    id: `target.${clientId}.login_route`,
    title: `The login of the app ${name} passes the token on to the tenant`,
    wanted: 'session_transfer_token at /authorize, and organization where the app uses one',
    why: 'An app that drops a parameter ends on the login page.',
  };
  const flowClaim = {
    id: `target.${clientId}.flow`,
    title: `The app ${name} signs in by the authorization code flow`,
    wanted: 'response_type code',
    why: 'The implicit flow is refused for a delegated session. express-openid-connect uses it by default.',
  };
  const origin = URL.parse(loginUrl)?.origin;
  if (origin === undefined) {
    return [unknownLine(claim, 'no login URL')];
  }
  const result = await probeLoginUrl({
    loginUrl,
    origins: override?.origins ?? [origin],
    tenantHosts: await tenantHostsOf(patient),
    markers: { token: `doctor-${randomUUID()}`, organization: `doctor-${randomUUID()}` },
    fetch: patient.fetch,
    resolve: patient.resolve,
  });
  switch (result.kind) {
    case 'failed':
      return [brokenLine(claim, result.reason, fixByHand(HOW))];
    case 'needs_script':
      return [noteLine(claim, 'not probed: its own script goes on')];
    case 'reached': {
      const usesOrganizations = (client['organization_usage'] ?? 'deny') !== 'deny';
      const dropped = [
        ...(result.tokenPassedOn ? [] : ['session_transfer_token']),
        ...(result.organizationPassedOn || !usesOrganizations ? [] : ['organization']),
      ];
      return [
        dropped.length === 0
          ? rightLine(claim, 'passed on')
          : brokenLine(claim, `${dropped.join(' and ')} dropped`, fixByHand(HOW)),
        result.responseType === 'code'
          ? rightLine(flowClaim, 'code')
          : brokenLine(
              flowClaim,
              result.responseType,
              fixByHand('In the app: response_type "code" and the client secret.'),
            ),
      ];
    }
  }
};

/** Opens the login URL of every target app with harmless markers. */
export const checkLoginRoutes = async (patient: Patient): Promise<readonly Line[]> => {
  const lines: Line[] = [];
  for (const clientId of Object.keys(patient.settings.targetApps)) {
    const client = await patient.api.get(`/clients/${encodeURIComponent(clientId)}`);
    if (client) {
      lines.push(...(await probeLines(patient, clientId, client)));
    }
  }
  return lines;
};
