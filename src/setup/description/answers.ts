import * as z from 'zod/mini';

const host = z
  .string()
  .check(
    z.refine(
      (text) => URL.parse(`https://${text}`)?.host === text,
      'must be a host such as login.example.com, without https:// and without a path',
    ),
  );
const isLoginOrigin = (text: string): boolean => {
  const url = URL.parse(text);
  return (
    url?.origin === text &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname.endsWith('.localhost')))
  );
};
const origin = z
  .string()
  .check(z.refine(isLoginOrigin, 'must be an origin such as https://login.example.com'));
const nonEmpty = z.string().check(z.minLength(1));
const names = z.array(nonEmpty).check(z.minLength(1));

/** A customer-facing app that agents may open as a customer. */
const targetSchema = z.strictObject({
  clientId: nonEmpty,
  /** Where its login begins, if the client has no `initiate_login_uri` or another one. */
  loginUrl: z.optional(z.string().check(z.refine(URL.canParse, 'must be an absolute URL'))),
});

/** Everything that setup cannot find out by itself; kept in `understudy.setup.json`, for it holds no secret. */
export const answersSchema = z.strictObject({
  /** The tenant's canonical domain, where the Management API is. */
  domain: host,
  /** Origin of the domain where agents sign in. `http` only on `*.localhost`. */
  agentsOrigin: origin,
  /** Origin of the domain that customers' sessions belong to. */
  customersOrigin: origin,
  /** Names of the connections of agents and of customers. */
  agentConnections: names,
  customerConnections: names,
  /** The backend's own origin; also the API's identifier. */
  backendOrigin: origin,
  /** Chromium ids of the extension. */
  extensionIds: z
    .array(z.string().check(z.regex(/^[a-p]{32}$/, 'must be a Chromium extension id')))
    .check(z.minLength(1)),
  targets: z.array(targetSchema).check(z.minLength(1)),
  /** Ids of organizations whose members are acted for; each gets the customers' connections. */
  organizations: z.array(nonEmpty),
  /** Roles whose holders nobody acts for. */
  protectedRoles: names,
  /** `user_id` of somebody who gets the agents' role at once. */
  firstAgent: z.optional(nonEmpty),
  /** How the backend signs in to the Management API: with a secret unless said otherwise. */
  managementAuthentication: z.optional(z.enum(['client_secret', 'private_key_jwt'])),
  /** How the Action knows the keys that verify launches: pinned in its secret unless said otherwise. */
  subjectKeys: z.optional(z.enum(['pinned', 'address'])),
  /** Begins the name of everything that is made. */
  name: z
    .string()
    .check(z.regex(/^[A-Za-z][A-Za-z0-9 -]{1,28}$/, 'must be 2 to 29 letters, digits and spaces')),
});

export type Answers = z.infer<typeof answersSchema>;

/** Gives the origin of a domain that was named as a host or as an origin. */
export const originOfDomain = (text: string): string =>
  text.includes('://') ? text.replace(/\/$/, '') : `https://${text}`;
