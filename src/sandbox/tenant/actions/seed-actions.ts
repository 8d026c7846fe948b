import type { ActionTriggerId, TenantAction, TenantActionBinding, TenantSeed } from '../model.ts';
import type { ActionSource } from './action-runner.ts';

/** The Actions that a tenant starts with; without one, nothing runs at its trigger. */
export type StartingActions = { customTokenExchange?: ActionSource; postLogin?: ActionSource };

const STARTED_AT = '2026-01-01T00:00:00.000Z';

const deployed = (
  name: string,
  trigger: { id: ActionTriggerId; version: string },
  { code, secrets }: ActionSource,
): TenantAction => {
  const content = {
    code,
    runtime: 'node22',
    dependencies: [],
    secrets: Object.entries(secrets).map(([secret, value]) => ({ name: secret, value })),
  };
  return {
    ...content,
    id: `act_${name}`,
    name,
    supported_triggers: [trigger],
    created_at: STARTED_AT,
    updated_at: STARTED_AT,
    all_changes_deployed: true,
    versions: [
      { ...structuredClone(content), id: `ver_${name}`, number: 1, created_at: STARTED_AT },
    ],
  };
};

const bindingOf = ({ id, name }: TenantAction): TenantActionBinding => ({
  id: 'bnd_post-login',
  action_id: id,
  display_name: name,
  created_at: STARTED_AT,
  updated_at: STARTED_AT,
});

/**
 * Deploys the starting Actions into a seed, after those that it has: the exchange's runs for every profile
 * without one, the other is bound.
 */
export const seedActions = (seed: TenantSeed, starting: StartingActions): TenantSeed => {
  const exchange =
    starting.customTokenExchange &&
    deployed(
      'custom-token-exchange',
      { id: 'custom-token-exchange', version: 'v1' },
      starting.customTokenExchange,
    );
  const login =
    starting.postLogin &&
    deployed('post-login', { id: 'post-login', version: 'v3' }, starting.postLogin);
  return {
    ...seed,
    actions: [...(seed.actions ?? []), exchange ?? [], login ?? []].flat(),
    tokenExchangeProfiles: seed.tokenExchangeProfiles.map((profile) => ({
      ...profile,
      action_id: profile.action_id ?? exchange?.id,
    })),
    postLoginBindings: [...(seed.postLoginBindings ?? []), ...(login ? [bindingOf(login)] : [])],
  };
};
