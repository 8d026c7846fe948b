import { reference } from '../../tenant-settings/call.ts';
import { patchFor } from '../../tenant-settings/requirement.ts';
import { CLIENT_NAMES, type ClientName } from '../description/describe.ts';
import { madeEntry } from '../files/record.ts';
import type { SecretName } from '../files/secrets-file.ts';
import { type Change, type PartialPlan, type Planning, textOf } from './change.ts';
import { differencesOf } from './differences.ts';

const SECRETS: Readonly<Partial<Record<ClientName, SecretName>>> = {
  requesting: 'UNDERSTUDY_CLIENT_SECRET',
  management: 'UNDERSTUDY_MANAGEMENT_CLIENT_SECRET',
};

const planClient = async (
  { api, description, record }: Planning,
  clientName: ClientName,
): Promise<readonly Change[]> => {
  const { name, requirements, initial } = description.clients[clientName];
  const ref = `client:${clientName}`;
  const made = madeEntry(record, ref);
  const own = made && (await api.get(`/clients/${encodeURIComponent(made.id)}`));
  if (made && own) {
    const body = patchFor(own, requirements);
    return body
      ? [
          {
            title: `Repair the application ${name}`,
            differences: differencesOf(own, requirements),
            call: { method: 'PATCH', path: `/clients/${made.id}`, body },
            entries: () => [],
          },
        ]
      : [];
  }
  const hasKeys = clientName === 'management' && description.managementKeys !== undefined;
  const secret = hasKeys ? undefined : SECRETS[clientName];
  return [
    {
      title: `Create the application ${name}`,
      call: { method: 'POST', path: '/clients', body: initial },
      makes: ref,
      entries: (answer) => [
        { kind: 'made', ref, type: 'clients', id: textOf(answer, 'client_id') },
      ],
      ...(secret && { secret }),
    },
  ];
};

/** Plans the three applications. Names of applications are not unique in Auth0, so none is in the way. */
export const planClients = async (planning: Planning): Promise<PartialPlan> => {
  const changes: Change[] = [];
  for (const name of CLIENT_NAMES) {
    changes.push(...(await planClient(planning, name)));
  }
  return { changes, conflicts: [] };
};

/** Plans what the backend's own application may do with the Management API: exactly the listed scopes. */
export const planManagementGrant = async ({
  api,
  domain,
  description,
  record,
}: Planning): Promise<PartialPlan> => {
  const ref = 'grant:management';
  const scope = [...description.managementScopes];
  const made = madeEntry(record, ref);
  const client = madeEntry(record, 'client:management');
  const grants =
    made && client
      ? await api.list(
          `/client-grants?client_id=${encodeURIComponent(client.id)}`,
          'client_grants',
          'totals',
        )
      : [];
  const own = grants.find((grant) => grant['id'] === made?.id);
  if (made && own) {
    const granted = Array.isArray(own['scope']) ? own['scope'] : [];
    const isSame = granted.length === scope.length && scope.every((one) => granted.includes(one));
    return {
      changes: isSame
        ? []
        : [
            {
              title: 'Set the scopes of the backend’s own application',
              differences: [`scope is ${granted.join(' ')}`, `scope will be ${scope.join(' ')}`],
              call: { method: 'PATCH', path: `/client-grants/${made.id}`, body: { scope } },
              entries: () => [],
            },
          ],
      conflicts: [],
    };
  }
  return {
    changes: [
      {
        title: 'Let the backend’s own application read the tenant',
        call: {
          method: 'POST',
          path: '/client-grants',
          body: {
            client_id: reference('client:management'),
            audience: `https://${domain}/api/v2/`,
            scope,
          },
        },
        makes: ref,
        entries: (answer) => [
          { kind: 'made', ref, type: 'client-grants', id: textOf(answer, 'id') },
        ],
      },
    ],
    conflicts: [],
  };
};
