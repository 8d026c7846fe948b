import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package as npm's lock file has it, by its path. */
type LockedPackage = {
  readonly version: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
};

type LockFile = {
  readonly name: string;
  readonly version: string;
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

const FOLDER = 'node_modules/';

/** @see Package URL specification, type "npm" */
const purlOf = (name: string, version: string): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

const component = (path: string, { version, integrity, license }: LockedPackage) => {
  const name = path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);
  const [algorithm, digest = ''] = integrity?.split('-') ?? [];
  return {
    type: 'library',
    'bom-ref': purlOf(name, version),
    name,
    version,
    purl: purlOf(name, version),
    ...(algorithm === 'sha512' && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
    }),
    ...(license !== undefined && { licenses: [{ expression: license }] }),
  };
};

/**
 * The packages that extension and backend are made of, with licence and hash, as CycloneDX 1.6 in JSON. It depends on
 * the lock file alone. (`npm sbom` leaves out packages that a tool of development needs as well.)
 * @see CycloneDX 1.6
 */
export const billOfMaterials = (repository: string): string => {
  const lock: LockFile = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8'));
  const shipped = Object.entries(lock.packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional,
  );
  const components = shipped.map(([path, locked]) => component(path, locked));
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purlOf(lock.name, lock.version),
        name: lock.name,
        version: lock.version,
      },
    },
    // The same package can be installed in two places.
    components: [...new Map(components.map((each) => [each.purl, each])).values()],
  };
  return `${JSON.stringify(bom, undefined, 2)}\n`;
};
