import type { TenantOrganization, TenantUser } from '../tenant/model.ts';
import { difficultNames } from './difficult-names.ts';
import { makeUser } from './make-user.ts';
import { FIRST_NAMES, LAST_NAMES } from './ordinary-names.ts';
import { seededRandom } from './seeded-random.ts';

export type SeededCustomers = {
  all: TenantUser[];
  /** The plain customer of tours: one organization, reaches every app. */
  demo: TenantUser;
  /** Protected by the role "Administrator". */
  administrators: TenantUser[];
};

const ORDINARY_COUNT = 500;
const protectedFlag = { understudy_protected: true };

const asciiSlug = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

const kindOf = (roll: number): { connection: string; provider: 'auth0' | 'samlp' } => {
  if (roll < 0.7) {
    return { connection: 'customers', provider: 'auth0' };
  }
  if (roll < 0.87) {
    return { connection: 'partners', provider: 'auth0' };
  }
  return { connection: 'acme-sso', provider: 'samlp' };
};

const ordinaryCustomers = (): TenantUser[] => {
  const random = seededRandom(20261120);
  const pick = (names: readonly string[]) => names[Math.floor(random() * names.length)] ?? '';
  return Array.from({ length: ORDINARY_COUNT }, (_, index) => {
    const [first, last] = [pick(FIRST_NAMES), pick(LAST_NAMES)];
    const { connection, provider } = kindOf(random());
    const domain = { customers: 'mail', partners: 'partner', 'acme-sso': 'acme' }[connection];
    return makeUser({
      name: `${first} ${last}`,
      email: `${asciiSlug(first)}.${asciiSlug(last)}${index + 1}@${domain}.example`,
      connection,
      provider,
    });
  });
};

const named = (name: string, email: string, appMetadata?: Record<string, unknown>): TenantUser =>
  makeUser({
    name,
    email,
    connection: 'customers',
    provider: 'auth0',
    ...(appMetadata && { appMetadata }),
  });

const joinOrganizations = (users: TenantUser[], organizations: TenantOrganization[]): void => {
  users.forEach((user, index) => {
    const connection = user.identities[0]?.connection ?? '';
    const open = organizations.filter((candidate) => candidate.connections.includes(connection));
    // Every fifth customer belongs to nobody, every seventh to two.
    const count = index % 5 === 4 ? 0 : index % 7 === 6 ? 2 : 1;
    for (let nth = 0; nth < Math.min(count, open.length); nth += 1) {
      open[(index + nth) % open.length]?.members.push(user.user_id);
    }
  });
};

/** More than 500 customers, the same at every start; makes them members of the organizations. */
export const seedCustomers = (organizations: TenantOrganization[]): SeededCustomers => {
  const demo = named('Nora Lindqvist', 'nora.lindqvist@mail.example');
  const administrators = [
    named('Marcus Oyelaran', 'marcus.oyelaran@mail.example'),
    named('Helena Voss', 'helena.voss@mail.example'),
  ];
  const flagged = [
    named('Greta Halvorsen', 'greta.halvorsen@mail.example', protectedFlag),
    named('Judge Ana Belmonte', 'ana.belmonte@mail.example', protectedFlag),
  ];
  const sameName = [1, 2, 3].map((nth) =>
    named('Jordan Ellis', `jordan.ellis.${nth}@mail.example`),
  );
  const difficult = difficultNames.map(({ slug, name }) => named(name, `${slug}@names.example`));
  /** One person with two accounts: an address can stand for several customers. */
  const sameAddress = (['customers', 'partners'] as const).map((connection) =>
    makeUser({
      name: 'Robin Achterberg',
      email: 'robin.achterberg@mail.example',
      connection,
      provider: 'auth0',
    }),
  );
  const withPlus = named('Tess Plus', "tess+shop.o'hara@mail.example");
  const others = [...ordinaryCustomers(), ...difficult, ...sameName, withPlus, ...sameAddress];

  joinOrganizations([...others, ...administrators, ...flagged], organizations);
  organizations.find((candidate) => candidate.name === 'nordwind')?.members.push(demo.user_id);
  return { all: [demo, ...administrators, ...flagged, ...others], demo, administrators };
};
