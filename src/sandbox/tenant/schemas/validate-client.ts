import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { TenantClient } from '../model.ts';

type Schema = {
  $id?: string;
  required?: string[];
  components?: { schemas: Record<string, object> };
};

const read = (name: string): Schema =>
  JSON.parse(readFileSync(new URL(`./${name}.schema.json`, import.meta.url), 'utf8')) as Schema;

/** The formats that Auth0's schemas name; `*` and `{organization_name}` are placeholders in them. */
const isUrl = (text: string): boolean =>
  URL.canParse(text.replaceAll('*', 'any').replaceAll(/\{[a-z_.]+\}/g, 'any'));
const formats: Record<string, (text: string) => boolean> = {
  url: isUrl,
  'url-with-placeholders': isUrl,
  'callback-url': isUrl,
  'absolute-uri-or-empty': (text) => text === '' || isUrl(text),
  'absolute-https-uri-with-placeholders-or-empty': (text) =>
    text === '' || (isUrl(text) && (text.startsWith('https://') || isLocalHttp(text))),
};

/** The sandbox's apps have no certificates; `*.localhost` stands for a real domain here. */
const isLocalHttp = (text: string): boolean =>
  /^http:\/\/([a-z0-9-]+\.)*localhost(:\d+)?(\/|$)/.test(text);

/** What a change says in other words than a creation: keys by their ids, and null for what ends. */
const CHANGED_WORDS = {
  ClientCreateAuthenticationMethod: 'ClientAuthenticationMethod',
  ClientTokenEndpointAuthMethodEnum: 'ClientTokenEndpointAuthMethodOrNullEnum',
};

const compile = (
  required: readonly string[],
  words: Readonly<Record<string, string>>,
): ValidateFunction<Partial<TenantClient>> => {
  const ajv = new Ajv2020({ strict: false, formats });
  const components = read('client-components').components?.schemas ?? {};
  const { $id: _create, ...create } = read('create-client-request');
  const { $id: _transfer, ...sessionTransfer } = read('client-session-transfer-configuration');
  return ajv.compile<Partial<TenantClient>>({
    ...create,
    required,
    components: {
      schemas: {
        ...components,
        ...Object.fromEntries(
          Object.entries(words).map(([name, instead]) => [name, components[instead]]),
        ),
        ClientSessionTransferConfiguration: sessionTransfer,
      },
    },
  });
};

const creation = compile(['name'], {});
const change = compile([], CHANGED_WORDS);

const propertyOf = ({ instancePath }: ErrorObject): string =>
  instancePath.slice(1).replaceAll('/', '.');

const reasonOf = (error: ErrorObject): string => {
  const { keyword, params, message } = error;
  const at = propertyOf(error) === '' ? '' : ` on property ${propertyOf(error)}`;
  switch (keyword) {
    case 'additionalProperties':
      return `'Additional properties not allowed: ${params['additionalProperty']}'${at}`;
    case 'required':
      return `'Missing required property: ${params['missingProperty']}'${at}`;
    case 'type':
      return `'Expected type ${[params['type']].flat().join(',')}'${at}`;
    case 'format':
      return `'Object didn't pass validation for format ${params['format']}'${at}`;
    default:
      return `'${message ?? keyword}'${at}`;
  }
};

/**
 * The fields of a client that were sent, or what is wrong with them in the words of the Management API.
 *
 * @see Auth0 Management API v2, `POST /clients`, `PATCH /clients/{id}`
 */
export const readClient = (
  body: unknown,
  purpose: 'create' | 'change',
): { fields: Partial<TenantClient> } | { wrong: string } => {
  const validate = purpose === 'create' ? creation : change;
  if (validate(body)) {
    return { fields: body };
  }
  const [first] = validate.errors ?? [];
  return { wrong: `Payload validation error: ${first ? reasonOf(first) : "'Invalid body'"}.` };
};
