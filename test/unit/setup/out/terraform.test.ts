import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describe as describeTenant } from '../../../../src/setup/description/describe.ts';
import { terraformFiles } from '../../../../src/setup/out/terraform.ts';
import { companyAnswers } from '../company-tenant.ts';

type BlockSchema = { readonly required: readonly string[]; readonly optional: readonly string[] };
type Schema = Readonly<Record<string, Readonly<Record<string, BlockSchema>>>>;

/** What the provider's own documentation lists, version 1.55.0: names of arguments and blocks only. */
const schema: Schema = JSON.parse(
  readFileSync(new URL('./provider-schema.json', import.meta.url), 'utf8'),
);

const shop = {
  client_id: 'shop',
  name: 'Shop',
  callbacks: ['https://shop.example/callback'],
  session_transfer: { allowed_authentication_methods: ['cookie'], enforce_device_binding: 'asn' },
};

const files = await terraformFiles(
  describeTenant(
    { ...companyAnswers, firstAgent: 'auth0|sam', managementAuthentication: 'private_key_jwt' },
    {
      code: { exchange: '// exchange', login: '// login' },
      jwks: '{"keys":[{"kid":"k1"}]}',
      firefoxRedirectOrigin: 'https://f.extensions.allizom.org',
      managementKeys: [
        {
          name: 'understudy-k1',
          pem: '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n',
        },
      ],
    },
  ),
  'company.eu.auth0.example',
  { get: async (path) => (path === '/clients/shop' ? shop : undefined) },
);
const main = files.get('main.tf') ?? '';
const targets = files.get('targets.tf') ?? '';

type Used = { readonly resource: string; readonly path: string; readonly name: string };

/** Every argument and block of every resource, with the path of blocks that it stands in. */
const usesIn = (text: string): readonly Used[] => {
  const uses: Used[] = [];
  const stack: string[] = [];
  for (const line of text.split('\n')) {
    const [, resource] = /^resource "(\w+)" "\w+" \{$/.exec(line) ?? [];
    const [, data] = /^data "(\w+)" "\w+" \{$/.exec(line) ?? [];
    const [, block] = /^ +(\w+) \{$/.exec(line) ?? [];
    const [, argument] = /^ +(\w+) = .*$/.exec(line) ?? [];
    const [top = '', ...path] = stack;
    if (resource ?? data) {
      stack.push(resource ?? `data.${data}`);
    } else if (block) {
      uses.push({ resource: top, path: path.join('.'), name: block });
      stack.push(block);
    } else if (argument) {
      uses.push({ resource: top, path: path.join('.'), name: argument });
    } else if (/^ *\}$/.test(line)) {
      stack.pop();
    }
  }
  return uses.filter(
    ({ resource, path, name }) =>
      resource !== '' && !resource.startsWith('data.') && ![path, name].includes('lifecycle'),
  );
};

describe('the Terraform module', () => {
  it('uses only what the provider’s published schema has', () => {
    const uses = usesIn(`${main}\n${targets}`);
    expect(uses.length).toBeGreaterThan(90);
    const unknown = uses.filter(({ resource, path, name }) => {
      const known = schema[resource]?.[path];
      return !known || ![...known.required, ...known.optional].includes(name);
    });
    expect(unknown).toEqual([]);
  });

  it('gives every block what the schema requires of it', () => {
    const uses = usesIn(`${main}\n${targets}`);
    const missing = [...new Set(uses.map(({ resource, path }) => `${resource}/${path}`))].flatMap(
      (place) => {
        const [resource = '', path = ''] = place.split('/');
        const given = uses.filter((use) => use.resource === resource && use.path === path);
        return (schema[resource]?.[path]?.required ?? []).filter(
          (name) => !given.some((use) => use.name === name),
        );
      },
    );
    expect(missing).toEqual([]);
  });

  it('adds to bindings and connections, and owns neither', () => {
    const resources = [...main.matchAll(/^resource "(\w+)"/gm)].map(([, name]) => name);
    expect(resources).toContain('auth0_trigger_action');
    expect(resources).toContain('auth0_connection_client');
    expect(resources).not.toContain('auth0_trigger_actions');
    expect(resources).not.toContain('auth0_connection_clients');
    expect(resources).not.toContain('auth0_connection');
  });

  it('lets the Actions take the ids of the applications that it makes', () => {
    expect(main).toMatch(
      /name = "REQUESTING_CLIENT_ID"\n\s+value = auth0_client\.requesting\.client_id\n/,
    );
    expect(main).toMatch(/code = file\("\$\{path\.module\}\/actions\/post-login\.js"\)/);
    expect(files.get('actions/custom-token-exchange.js')).toBe('// exchange');
  });

  it('registers the key that the backend signs in with', () => {
    expect(main).toContain(`resource "auth0_client_credentials" "management" {
  client_id = auth0_client.management.client_id
  authentication_method = "private_key_jwt"
  private_key_jwt {
    credentials {
      name = "understudy-k1"
      credential_type = "public_key"
      algorithm = "RS256"
      pem = "-----BEGIN PUBLIC KEY-----\\nMIIB\\n-----END PUBLIC KEY-----\\n"
    }
  }
}`);
  });

  it('imports each app and sets its session_transfer, with what it has already', () => {
    expect(targets).toContain(`import {
  to = auth0_client.target_shop
  id = "shop"
}`);
    expect(targets).toContain(`resource "auth0_client" "target_shop" {
  name = "Shop"
  session_transfer {
    allowed_authentication_methods = ["cookie", "query"]
    enforce_device_binding = "asn"
    delegation {
      allow_delegated_access = true
    }
  }
  lifecycle {
    prevent_destroy = true
`);
    expect(targets).not.toContain('https://shop.example/callback');
  });

  it('leaves every other argument that the provider has to the app’s owner', () => {
    const [, ignored = ''] = /ignore_changes = \[([^\]]+)\]/.exec(targets) ?? [];
    const { required = [], optional = [] } = schema['auth0_client']?.[''] ?? {};
    expect([...ignored.split(', '), 'session_transfer'].toSorted()).toEqual(
      [...required, ...optional].toSorted(),
    );
  });

  it('closes every block that it opens', () => {
    for (const [name, text] of files) {
      if (!name.endsWith('.tf')) {
        continue;
      }
      const open = [...text.matchAll(/\{/g)].length;
      expect([name, [...text.matchAll(/\}/g)].length]).toEqual([name, open]);
    }
  });
});
