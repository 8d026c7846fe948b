import { createHash } from 'node:crypto';
import { type Call, type Ids, reference, resolveText } from '../../tenant-settings/call.ts';
import { isJsonObject, type JsonObject } from '../../tenant-settings/json.ts';
import type { DescribedAction } from '../description/describe.ts';
import { madeEntry } from '../files/record.ts';
import type { ManagementApi } from '../tenant/management-api.ts';
import {
  type Change,
  joinPlans,
  NO_CHANGE,
  type PartialPlan,
  type Planning,
  takenName,
  textOf,
} from './change.ts';

export const RUNTIME = 'node22';

/** The body that makes an Action; its name and trigger never change afterwards. */
export const actionBody = (action: DescribedAction): JsonObject => ({
  name: action.name,
  supported_triggers: [{ ...action.trigger }],
  ...actionContent(action),
});

const actionContent = ({ code, secrets }: DescribedAction): JsonObject => ({
  code,
  runtime: RUNTIME,
  dependencies: [],
  secrets: Object.entries(secrets).map(([name, value]) => ({ name, value })),
});

/** A hash of what an Action is deployed with, for the tenant shows no secret's value. Nothing in it is secret. */
export const fingerprint = ({ code, secrets }: DescribedAction, ids: Ids): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        code,
        Object.entries(secrets).map(([name, value]) => [name, resolveText(value, ids)]),
      ]),
    )
    .digest('base64url');

const secretNamesOf = (action: JsonObject): readonly string[] =>
  (Array.isArray(action['secrets']) ? action['secrets'] : [])
    .flatMap((secret) => (isJsonObject(secret) ? textOf(secret, 'name') : []))
    .toSorted();

const differences = (
  own: JsonObject,
  action: DescribedAction,
  isOldDeployment: boolean,
): readonly string[] => {
  const wanted = Object.keys(action.secrets);
  const known = secretNamesOf(own);
  const missing = wanted.filter((name) => !known.includes(name));
  return [
    ...(own['code'] === action.code ? [] : ['its code is not the built one']),
    ...(own['runtime'] === RUNTIME ? [] : [`its runtime is ${textOf(own, 'runtime')}`]),
    ...missing.map((name) => `the secret ${name} is missing`),
    ...(isOldDeployment ? ['it was deployed with other secrets or code'] : []),
    ...(own['all_changes_deployed'] === true && isJsonObject(own['deployed_version'])
      ? []
      : ['it is not deployed as it stands']),
  ];
};

const deployment = (ref: string, action: DescribedAction, isAdopted: boolean): Change => ({
  title: `Deploy the Action ${action.name}`,
  call: { method: 'POST', path: `/actions/actions/${reference(ref)}/deploy` },
  waitForBuild: true,
  entries: (_answer, ids) => [
    {
      kind: 'made',
      ref,
      type: 'actions/actions',
      id: ids.get(ref) ?? '',
      deployed: fingerprint(action, ids),
      ...(isAdopted && { adopted: true as const }),
    },
  ],
});

const planAction = async (
  { api, description, record }: Planning,
  key: 'exchange' | 'login',
  ids: Ids,
): Promise<PartialPlan> => {
  const action = description.actions[key];
  const ref = `action:${key}`;
  const made = madeEntry(record, ref);
  const own = made && (await api.get(`/actions/actions/${encodeURIComponent(made.id)}`));
  if (made && own) {
    const areClientsMade = ids.has('client:requesting') && ids.has('client:extension');
    const isOld = !areClientsMade || made.deployed !== fingerprint(action, ids);
    const found = differences(own, action, isOld);
    return found.length === 0
      ? NO_CHANGE
      : {
          changes: [
            {
              title: `Repair the Action ${action.name}`,
              differences: found,
              call: {
                method: 'PATCH',
                path: `/actions/actions/${made.id}`,
                body: actionContent(action),
              },
              entries: () => [],
            },
            deployment(ref, action, made.adopted === true),
          ],
          conflicts: [],
        };
  }
  const others = await api.list(
    `/actions/actions?actionName=${encodeURIComponent(action.name)}`,
    'actions',
    'wrapped',
  );
  const [taken] = others;
  if (taken) {
    return { changes: [], conflicts: [takenName('an Action', action.name, textOf(taken, 'id'))] };
  }
  return {
    changes: [
      {
        title: `Create the Action ${action.name}`,
        call: { method: 'POST', path: '/actions/actions', body: actionBody(action) },
        makes: ref,
        entries: (answer) => [
          { kind: 'made', ref, type: 'actions/actions', id: textOf(answer, 'id') },
        ],
      },
      deployment(ref, action, false),
    ],
    conflicts: [],
  };
};

/** Plans both Actions. `ids` are those of objects that still exist. */
export const planActions = async (planning: Planning, ids: Ids): Promise<PartialPlan> =>
  joinPlans([
    await planAction(planning, 'exchange', ids),
    await planAction(planning, 'login', ids),
  ]);

const BINDINGS_PATH = '/actions/triggers/post-login/bindings';

/** A call that binds one more Action at the end; the API replaces all bindings, so the others are sent along. */
export const bindingCall = async (
  api: Pick<ManagementApi, 'list'>,
  actionId: string,
): Promise<Call> => {
  const bindings = await api.list(BINDINGS_PATH, 'bindings', 'wrapped');
  return {
    method: 'PATCH',
    path: BINDINGS_PATH,
    body: {
      bindings: [
        ...bindings.map((binding) => ({
          ref: { type: 'binding_id', value: textOf(binding, 'id') },
          display_name: textOf(binding, 'display_name'),
        })),
        { ref: { type: 'action_id', value: actionId }, display_name: 'Understudy' },
      ],
    },
  };
};

/** A call that takes one Action out of the trigger and leaves every other where it is. */
export const unbindingCall = async (
  api: ManagementApi,
  actionId: string,
): Promise<Call | undefined> => {
  const bindings = await api.list(BINDINGS_PATH, 'bindings', 'wrapped');
  const others = bindings.filter((binding) => boundAction(binding) !== actionId);
  return others.length === bindings.length
    ? undefined
    : {
        method: 'PATCH',
        path: BINDINGS_PATH,
        body: {
          bindings: others.map((binding) => ({
            ref: { type: 'binding_id', value: textOf(binding, 'id') },
            display_name: textOf(binding, 'display_name'),
          })),
        },
      };
};

/** Gives the id of the Action that a binding runs. */
export const boundAction = (binding: JsonObject): string => {
  const action = binding['action'];
  return isJsonObject(action) ? textOf(action, 'id') : '';
};

/** Plans the place of the post-login Action in its trigger: after whatever is there. */
export const planBinding = async ({ api, record }: Planning): Promise<PartialPlan> => {
  const ref = 'action:login';
  const made = madeEntry(record, ref);
  const bindings = await api.list(BINDINGS_PATH, 'bindings', 'wrapped');
  if (made && bindings.some((binding) => boundAction(binding) === made.id)) {
    return NO_CHANGE;
  }
  return {
    changes: [
      {
        title: `Bind the post-login Action after the ${bindings.length} that are bound already`,
        call: await bindingCall(api, reference(ref)),
        fresh: (current, ids) => bindingCall(current, ids.get(ref) ?? ''),
        entries: (_answer, ids) => [{ kind: 'binding', actionId: ids.get(ref) ?? '' }],
      },
    ],
    conflicts: [],
  };
};

/** Plans the token exchange profile, whose Action can never be changed: one that has another is made again. */
export const planProfile = async (
  { api, description, record }: Planning,
  ids: Ids,
): Promise<PartialPlan> => {
  const ref = 'profile:customer';
  const { name, subjectTokenType } = description.profile;
  const made = madeEntry(record, ref);
  const profiles = await api.list(
    '/token-exchange-profiles',
    'token_exchange_profiles',
    'checkpoint',
  );
  const own = profiles.find(({ id }) => id === made?.id);
  const isRight =
    own?.['subject_token_type'] === subjectTokenType &&
    own['action_id'] === ids.get('action:exchange');
  if (own && isRight) {
    return NO_CHANGE;
  }
  const taken = profiles.find(
    (profile) => profile !== own && profile['subject_token_type'] === subjectTokenType,
  );
  if (taken) {
    const id = textOf(taken, 'id');
    return { changes: [], conflicts: [takenName('a profile for', subjectTokenType, id)] };
  }
  const creation: Change = {
    title: `Create the token exchange profile for ${subjectTokenType}`,
    call: {
      method: 'POST',
      path: '/token-exchange-profiles',
      body: {
        name,
        subject_token_type: subjectTokenType,
        action_id: reference('action:exchange'),
        type: 'custom_authentication',
      },
    },
    makes: ref,
    entries: (answer) => [
      { kind: 'made', ref, type: 'token-exchange-profiles', id: textOf(answer, 'id') },
    ],
  };
  const removal: readonly Change[] = own
    ? [
        {
          title: `Delete the token exchange profile ${textOf(own, 'name')}`,
          differences: ['its type or its Action is another one, and neither can be changed'],
          call: { method: 'DELETE', path: `/token-exchange-profiles/${textOf(own, 'id')}` },
          entries: () => [],
        },
      ]
    : [];
  return { changes: [...removal, creation], conflicts: [] };
};
