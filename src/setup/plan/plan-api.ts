import { objectMeeting, patchFor } from '../../tenant-settings/requirement.ts';
import { madeEntry } from '../files/record.ts';
import { type PartialPlan, type Planning, takenName, textOf } from './change.ts';
import { differencesOf } from './differences.ts';

const REF = 'api:backend';

/** Plans the backend's API. */
export const planApi = async ({ api, description, record }: Planning): Promise<PartialPlan> => {
  const { identifier, name, requirements } = description.api;
  const made = madeEntry(record, REF);
  const own = made && (await api.get(`/resource-servers/${encodeURIComponent(made.id)}`));
  if (made && own) {
    const body = patchFor(own, requirements);
    return {
      changes: body
        ? [
            {
              title: `Repair the API ${identifier}`,
              differences: differencesOf(own, requirements),
              call: { method: 'PATCH', path: `/resource-servers/${made.id}`, body },
              entries: () => [],
            },
          ]
        : [],
      conflicts: [],
    };
  }
  const other = await api.get(`/resource-servers/${encodeURIComponent(identifier)}`);
  if (other) {
    return { changes: [], conflicts: [takenName('an API', identifier, textOf(other, 'id'))] };
  }
  return {
    changes: [
      {
        title: `Create the API ${identifier}`,
        call: {
          method: 'POST',
          path: '/resource-servers',
          body: { identifier, name, token_lifetime: 3600, ...objectMeeting(requirements) },
        },
        makes: REF,
        entries: (answer) => [
          { kind: 'made', ref: REF, type: 'resource-servers', id: textOf(answer, 'id') },
        ],
      },
    ],
    conflicts: [],
  };
};
