import type { TenantContext } from '../../../context.ts';
import type { TenantAction, TenantActionVersion } from '../../../model.ts';

const secretNames = ({ secrets }: { secrets: { name: string }[] }) =>
  secrets.map(({ name }) => ({ name }));

const versionFields = (version: TenantActionVersion) => ({
  id: version.id,
  number: version.number,
  code: version.code,
  runtime: version.runtime,
  dependencies: version.dependencies,
  secrets: secretNames(version),
  status: 'built',
  created_at: version.created_at,
  built_at: version.created_at,
  updated_at: version.created_at,
});

/** Whether an Action has been built since it was last changed; only then can it be deployed. */
export const isBuilt = ({ choices, clock }: TenantContext, { updated_at }: TenantAction): boolean =>
  clock() >= Date.parse(updated_at) + choices.actionBuildInMilliseconds;

/** An Action as the Management API shows it: of its secrets, only the names. */
export const describeAction = (context: TenantContext, action: TenantAction) => {
  const deployed = action.versions.at(-1);
  return {
    id: action.id,
    name: action.name,
    supported_triggers: action.supported_triggers,
    code: action.code,
    runtime: action.runtime,
    dependencies: action.dependencies,
    secrets: secretNames(action),
    status: isBuilt(context, action) ? 'built' : 'pending',
    all_changes_deployed: action.all_changes_deployed,
    installed_integration_id: null,
    created_at: action.created_at,
    updated_at: action.updated_at,
    ...(deployed && { deployed_version: { ...versionFields(deployed), deployed: true } }),
  };
};

/** A version of an Action as the Management API shows it. */
export const describeVersion = (action: TenantAction, version: TenantActionVersion) => ({
  ...versionFields(version),
  action_id: action.id,
  deployed: version === action.versions.at(-1),
  supported_triggers: action.supported_triggers,
  action: {
    id: action.id,
    name: action.name,
    supported_triggers: action.supported_triggers,
    all_changes_deployed: action.all_changes_deployed,
  },
});
