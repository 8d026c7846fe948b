import { bindingCall, boundAction, RUNTIME } from '../../setup/plan/plan-actions.ts';
import type { Call } from '../../tenant-settings/call.ts';
import { isJsonObject, type JsonObject } from '../../tenant-settings/json.ts';
import {
  brokenLine,
  type Fix,
  fixByHand,
  type Line,
  noteLine,
  rightLine,
  unknownLine,
} from '../line.ts';
import type { Patient } from '../patient.ts';
import { wantedSecrets } from '../wanted-secrets.ts';

/** What stands in the code of our post-login Action and in nobody else's: the claim that it sets. */
const ROLE_CLAIM = 'https://understudy.example/roles';
const BINDINGS_PATH = '/actions/triggers/post-login/bindings';

/** Calls of a login Action that ask the person something, which a delegated session cannot answer. */
const INTERACTIVE =
  /\b(?:challengeWith|enrollWith|challengeWithAny|enrollWithAny|multifactor\s*\.\s*enable|sendUserTo|prompt\s*\.\s*render)\b/;
/** Looks at the actor, so it can pass over delegated logins. */
const KNOWS_ACTORS = /\bactor\b/;

/** The keys that verify subject tokens: in the secret itself, or at an address that it names. */
const PINNED_KEYS = 'SUBJECT_TOKEN_JWKS';
const FETCHED_KEYS = 'SUBJECT_TOKEN_JWKS_URI';

const textOf = (object: JsonObject, name: string): string =>
  typeof object[name] === 'string' ? object[name] : '';

const deployCalls = (id: string, body: JsonObject): readonly Call[] => [
  { method: 'PATCH', path: `/actions/actions/${encodeURIComponent(id)}`, body },
  { method: 'POST', path: `/actions/actions/${encodeURIComponent(id)}/deploy` },
];

const actionFix = (action: JsonObject, body: JsonObject, terraform: string): Fix => {
  const name = textOf(action, 'name');
  return {
    calls: deployCalls(textOf(action, 'id'), body),
    deployCli: `actions: [{"name": ${JSON.stringify(name)}, "deployed": true, …}]`,
    terraform: `auth0_action: ${terraform}`,
    dashboard: `Actions → Library → ${name} → Deploy`,
  };
};

const secretNames = (action: JsonObject): readonly string[] =>
  (Array.isArray(action['secrets']) ? action['secrets'] : []).flatMap((secret) =>
    isJsonObject(secret) ? textOf(secret, 'name') : [],
  );

const secretsLine = (patient: Patient, key: 'exchange' | 'login', action: JsonObject): Line => {
  const wanted = wantedSecrets(patient, key);
  const known = secretNames(action);
  const missing = Object.keys(wanted).filter((name) => !known.includes(name));
  const claim = {
    id: `action.${key}.secrets`,
    title: `The Action ${textOf(action, 'name')} has its secrets`,
    wanted: Object.keys(wanted).join(' '),
    why: 'An Action that lacks a secret refuses every launch.',
  };
  if (missing.length === 0) {
    return rightLine(claim, known.join(' '));
  }
  const isFetched = missing.join() === PINNED_KEYS && known.includes(FETCHED_KEYS);
  if (isFetched) {
    return noteLine(
      {
        ...claim,
        why: 'The keys are fetched from an address: whoever takes the backend’s name can sign. Pinned ones are safer.',
      },
      FETCHED_KEYS,
    );
  }
  const secrets = [
    ...known.map((name) => ({ name })),
    ...missing.map((name) => ({ name, value: wanted[name] ?? '' })),
  ];
  return brokenLine(
    claim,
    `${missing.join(' ')} missing`,
    actionFix(action, { secrets }, `secrets { name = "${missing[0]}", value = … }`),
  );
};

const stateLines = (
  patient: Patient,
  key: 'exchange' | 'login',
  action: JsonObject,
): readonly Line[] => {
  const name = textOf(action, 'name');
  const runtimeClaim = {
    id: `action.${key}.runtime`,
    title: `The Action ${name} runs on ${RUNTIME}`,
    wanted: RUNTIME,
    why: 'It is built for this version of Node.',
  };
  const deployedClaim = {
    id: `action.${key}.deployed`,
    title: `The Action ${name} is deployed as it stands`,
    wanted: 'deployed, with all changes',
    why: 'A change has no effect before it is deployed.',
  };
  const codeClaim = {
    id: `action.${key}.code`,
    title: `The Action ${name} is the one that was built here`,
    wanted: 'the code in dist/actions',
    why: 'An old one knows nothing of what the backend says now.',
  };
  const code = patient.code?.[key];
  const isDeployed =
    action['all_changes_deployed'] === true && isJsonObject(action['deployed_version']);
  return [
    action['runtime'] === RUNTIME
      ? rightLine(runtimeClaim, RUNTIME)
      : brokenLine(
          runtimeClaim,
          textOf(action, 'runtime'),
          actionFix(action, { runtime: RUNTIME }, `runtime = "${RUNTIME}"`),
        ),
    isDeployed
      ? rightLine(deployedClaim, 'deployed')
      : brokenLine(deployedClaim, 'changed since, or never deployed', {
          ...actionFix(action, {}, 'deploy = true'),
          calls: deployCalls(textOf(action, 'id'), {}).slice(1),
        }),
    code === undefined
      ? unknownLine(codeClaim, 'nothing is built here: npm run build')
      : action['code'] === code
        ? rightLine(codeClaim, 'the same')
        : brokenLine(codeClaim, 'other code', actionFix(action, { code }, 'code = file(…)')),
    secretsLine(patient, key, action),
  ];
};

/** The profile that leads a launch's exchange to its Action, and that Action. */
export const checkExchange = async (patient: Patient): Promise<readonly Line[]> => {
  const { subjectTokenType } = patient.settings.auth0;
  const profiles = await patient.api.list(
    '/token-exchange-profiles',
    'token_exchange_profiles',
    'checkpoint',
  );
  const profile = profiles.find((each) => each['subject_token_type'] === subjectTokenType);
  const claim = {
    id: 'profile',
    title: 'A token exchange profile leads to the Action',
    wanted: `a profile for ${subjectTokenType} whose Action is Understudy’s`,
    why: 'Without it the tenant knows no subject token of ours.',
  };
  const actions = await patient.api.list(
    '/actions/actions?triggerId=custom-token-exchange',
    'actions',
    'wrapped',
  );
  const isOurs = (each: JsonObject): boolean =>
    textOf(each, 'code').includes('actor_token_sha256') || each['code'] === patient.code?.exchange;
  const own = actions.find(isOurs);
  if (!own) {
    return [
      brokenLine(
        claim,
        'there is no Action of Understudy’s for it',
        fixByHand('Run "npm run setup".'),
      ),
    ];
  }
  const body = {
    name: 'understudy',
    subject_token_type: subjectTokenType,
    action_id: textOf(own, 'id'),
    type: 'custom_authentication',
  };
  const isRight = profile?.['action_id'] === own['id'];
  const fix: Fix = {
    calls: [
      ...(profile
        ? [
            {
              method: 'DELETE' as const,
              path: `/token-exchange-profiles/${encodeURIComponent(textOf(profile, 'id'))}`,
            },
          ]
        : []),
      { method: 'POST', path: '/token-exchange-profiles', body },
    ],
    deployCli: `tokenExchangeProfiles: [{"name": "understudy", "subject_token_type": ${JSON.stringify(subjectTokenType)}, "action": ${JSON.stringify(textOf(own, 'name'))}, "type": "custom_authentication"}]`,
    terraform: 'auth0_token_exchange_profile: action_id = auth0_action.exchange.id',
    dashboard: 'Authentication → Token Exchange (or the Management API)',
  };
  return [
    isRight
      ? rightLine(claim, textOf(own, 'name'))
      : brokenLine(claim, profile ? 'it leads to another Action' : 'there is none', fix),
    ...stateLines(patient, 'exchange', own),
  ];
};

const otherLine = (binding: JsonObject, code: string): Line => {
  const name = textOf(binding, 'display_name');
  const claim = {
    id: `login.${name}`,
    title: `The login Action ${name} lets delegated logins through`,
    wanted: 'no challenge, redirect or form, or one that is skipped where an actor is set',
    why: 'A delegated session cannot answer: the exchange fails, or the redemption ends with interaction_required.',
    severity: 'warning' as const,
  };
  const [found] = INTERACTIVE.exec(code) ?? [];
  return found === undefined || KNOWS_ACTORS.test(code)
    ? rightLine(claim, found === undefined ? 'asks nothing' : `${found}, and looks at the actor`)
    : brokenLine(
        claim,
        found,
        fixByHand(
          `Actions → Library → ${name}: begin with "if (event.session?.actor || event.transaction?.actor) return;"`,
        ),
      );
};

/** The post-login Action and its place, and the other Actions of the trigger. */
export const checkLogin = async (patient: Patient): Promise<readonly Line[]> => {
  const actions = await patient.api.list(
    '/actions/actions?triggerId=post-login',
    'actions',
    'wrapped',
  );
  const bindings = await patient.api.list(BINDINGS_PATH, 'bindings', 'wrapped');
  const isBound = (action: JsonObject): boolean =>
    bindings.some((binding) => boundAction(binding) === action['id']);
  const isOurs = (action: JsonObject): boolean =>
    textOf(action, 'code').includes(ROLE_CLAIM) || action['code'] === patient.code?.login;
  const ours = actions.filter(isOurs);
  const own = ours.find(isBound) ?? ours[0];
  const claim = {
    id: 'login.bound',
    title: 'The post-login Action is bound to its trigger',
    wanted: 'bound',
    why: 'An Action that is deployed and not bound never runs: agents get no roles, and protected people none of its protection.',
  };
  if (!own) {
    return [
      brokenLine(claim, 'there is no Action of Understudy’s', fixByHand('Run "npm run setup".')),
    ];
  }
  const line = isBound(own)
    ? rightLine(claim, 'bound')
    : brokenLine(claim, 'not bound', {
        calls: [await bindingCall(patient.api, textOf(own, 'id'))],
        deployCli: `triggers: {"post-login": […all that are bound, {"action_name": ${JSON.stringify(textOf(own, 'name'))}}]}`,
        terraform: 'auth0_trigger_action: trigger = "post-login"',
        dashboard: 'Actions → Triggers → post-login: drag the Action in → Apply',
      });
  const others = bindings.flatMap((binding) => {
    const action = actions.find((each) => each['id'] === boundAction(binding));
    return action && !isOurs(action) ? [otherLine(binding, textOf(action, 'code'))] : [];
  });
  return [line, ...stateLines(patient, 'login', own), ...others];
};
