import { isJsonObject, valueAt } from '../../tenant-settings/json.ts';
import { brokenLine, fixByHand, type Line, rightLine } from '../line.ts';
import type { Patient } from '../patient.ts';

const STAGE = 'pre-custom-token-exchange';
const WANTED_STAGE = { max_attempts: 10, rate: 600_000 };
const THROTTLING = '/attack-protection/suspicious-ip-throttling';

/** Whether everybody is asked for a second factor by the tenant itself. */
export const checkSecondFactor = async ({ api }: Patient): Promise<readonly Line[]> => {
  const policies = await api.read('/guardian/policies');
  const found = Array.isArray(policies) ? policies.map(String) : [];
  const claim = {
    id: 'mfa',
    title: 'The tenant asks nobody for a second factor by policy',
    wanted: 'no policy; an Action asks instead, and passes over delegated logins',
    why: 'An exchange with an actor is refused where a second factor is needed.',
  };
  return [
    found.length === 0
      ? rightLine(claim, 'no policy')
      : brokenLine(claim, found.join(', '), {
          calls: [{ method: 'PUT', path: '/guardian/policies', body: [] }],
          deployCli: 'guardianPolicies: {"policies": []}',
          terraform: 'auth0_guardian: policy = "never"',
          dashboard: 'Security → Multi-factor Auth → Require Multi-factor Auth: Never',
        }),
  ];
};

/** Whether an address that sends bad subject tokens is slowed down. */
export const checkThrottling = async ({ api }: Patient): Promise<readonly Line[]> => {
  const settings = await api.get(THROTTLING);
  const stage = settings && valueAt(settings, `stage.${STAGE}`);
  const claim = {
    id: 'throttling',
    title: 'Addresses that send bad subject tokens are slowed down',
    wanted: `suspicious IP throttling with the stage ${STAGE}`,
    why: 'Somebody with the client secret could try subject tokens without end.',
    severity: 'warning' as const,
  };
  if (settings?.['enabled'] === true && isJsonObject(stage)) {
    return [rightLine(claim, JSON.stringify(stage))];
  }
  const known = isJsonObject(settings?.['stage']) ? settings['stage'] : {};
  const body = { enabled: true, stage: { ...known, [STAGE]: stage ?? WANTED_STAGE } };
  return [
    brokenLine(claim, settings?.['enabled'] === true ? 'no such stage' : 'off', {
      calls: [{ method: 'PATCH', path: THROTTLING, body }],
      deployCli: `attackProtection: {"suspiciousIpThrottling": ${JSON.stringify(body)}}`,
      terraform:
        'auth0_attack_protection: suspicious_ip_throttling (the provider lacks this stage)',
      dashboard: 'Security → Attack Protection → Suspicious IP Throttling',
    }),
  ];
};

/** Whether the domains are there, and the customers' is another one than the agents'. */
export const checkDomains = async ({ api, settings }: Patient): Promise<readonly Line[]> => {
  const agents = new URL(settings.auth0.issuer).host;
  const domains = await api.list('/custom-domains', 'custom_domains', 'whole');
  const lines: Line[] = [];
  for (const [clientId, { loginDomain = agents }] of Object.entries(settings.targetApps)) {
    const claim = {
      id: `target.${clientId}.domain`,
      title: `Customers of the app ${clientId} sign in on another domain than agents`,
      wanted: `another domain than ${agents}`,
      why: 'Any session on the customers’ domain blocks a delegated one: the agent’s own would be in the way of every launch.',
      severity: 'warning' as const,
    };
    lines.push(
      loginDomain === agents
        ? brokenLine(
            claim,
            loginDomain,
            fixByHand(
              'Branding → Custom Domains: add one for customers, and name it in "loginDomain".',
            ),
          )
        : rightLine(claim, loginDomain),
    );
  }
  for (const host of new Set([
    agents,
    ...Object.values(settings.targetApps).flatMap(({ loginDomain }) => loginDomain ?? []),
  ])) {
    if (host === settings.auth0.managementDomain) {
      continue;
    }
    const domain = domains.find((each) => each['domain'] === host);
    const claim = {
      id: `domain.${host}`,
      title: `The domain ${host} is a custom domain of the tenant, and ready`,
      wanted: 'ready',
      why: 'The tenant answers under no other name.',
    };
    const status = domain ? String(domain['status']) : 'not a domain of this tenant';
    lines.push(
      status === 'ready'
        ? rightLine(claim, status)
        : brokenLine(claim, status, fixByHand('Branding → Custom Domains → Verify')),
    );
  }
  return lines;
};
