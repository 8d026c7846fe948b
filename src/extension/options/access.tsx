import { useEffect, useState } from 'preact/hooks';
import type { TargetApp } from '../../contract/target-app.ts';
import {
  type Access,
  giveBackAccess,
  hasAccess,
  isOptional,
  onAccessChanged,
  requestAccess,
} from '../browser/permissions.ts';
import { inBackground } from '../in-background.ts';
import { loginDomainsOf, sitesOf } from '../messages/session/login-domain.ts';
import { message, type TextKey } from '../messages/texts/text.ts';
import { SetByCompany } from './managed-rows.tsx';
import type { BackendInUse } from './state.ts';

type Row = {
  readonly id: string;
  readonly title: TextKey;
  readonly why: TextKey;
  /** Absent until it is known which sites it is about. */
  readonly access: Access | undefined;
  /** What is given back: less, where another row needs the rest, or signing in does. */
  readonly back: Access;
};

const rowsFor = (apps: readonly TargetApp[], needed: readonly string[]): readonly Row[] => {
  const loginDomains = loginDomainsOf(apps);
  const sites = sitesOf(apps);
  const where = (access: Access): Access | undefined => (apps.length > 0 ? access : undefined);
  const rows: readonly Row[] = [
    {
      id: 'sites',
      title: 'accessSites',
      why: 'accessSitesWhy',
      access: where({ origins: sites }),
      back: { origins: sites.filter((origin) => !needed.includes(origin)) },
    },
    {
      id: 'cookies',
      title: 'accessCookies',
      why: 'accessCookiesWhy',
      access: where({ permissions: ['cookies'], origins: loginDomains }),
      back: { permissions: ['cookies'] },
    },
    {
      id: 'history',
      title: 'accessHistory',
      why: 'accessHistoryWhy',
      access: { permissions: ['history'] },
      back: { permissions: ['history'] },
    },
    {
      id: 'tab-groups',
      title: 'accessTabGroups',
      why: 'accessTabGroupsWhy',
      access: { permissions: ['tabGroups'] },
      back: { permissions: ['tabGroups'] },
    },
  ];
  // What this browser requires from the start is in the list of those.
  return rows.filter(({ back }) => back.permissions?.every(isOptional) ?? true);
};

type AccessButtonProps = {
  readonly row: Row;
  readonly granted: boolean;
  readonly isDeclined: boolean;
};

/** The way to allow an access or to take it back, or why there is none. */
const AccessButton = ({ row: { id, access, back }, granted, isDeclined }: AccessButtonProps) => {
  if (!access) {
    return <span class="hint">{message('accessSignedOut')}</span>;
  }
  if (isDeclined && !granted) {
    return <SetByCompany />;
  }
  return (
    <button
      type="button"
      class="button quiet"
      aria-describedby={`access-${id}`}
      onClick={() => void (granted ? giveBackAccess(back) : requestAccess(access))}
    >
      {message(granted ? 'accessTakeBack' : 'accessAllow')}
    </button>
  );
};

const AccessRow = ({ row, isDeclined }: { row: Row; isDeclined: boolean }) => {
  const { id, title, why, access } = row;
  const [granted, setGranted] = useState(false);
  const look = (): void => {
    if (access) {
      inBackground(hasAccess(access).then(setGranted), 'looking what is allowed');
    }
  };
  useEffect(look, [JSON.stringify(access)]);
  useEffect(() => onAccessChanged(look), [JSON.stringify(access)]);
  return (
    <div>
      <dt id={`access-${id}`}>{message(title)}</dt>
      <dd>
        {message(why)}
        <span class="access">
          <AccessButton row={row} granted={granted} isDeclined={isDeclined} />
          {granted && <span class="granted">{message('accessGranted')}</span>}
        </span>
      </dd>
    </div>
  );
};

/** Where the browser must let the extension go to sign in and to launch; only Firefox asks for that. */
const neededOrigins = ({ origin, issuer }: BackendInUse): readonly string[] =>
  [origin, issuer].flatMap((url) => (url === undefined ? [] : [new URL(url).origin]));

/** The optional accesses, each with its reason. Nothing of it is asked for at install, and nothing offered that the company declined. */
export const OptionalAccess = ({
  apps,
  backend,
  isDeclined,
}: {
  apps: readonly TargetApp[];
  backend: BackendInUse;
  isDeclined: boolean;
}) => (
  <section>
    <h2>{message('accessTitle')}</h2>
    <p>{message('accessText')}</p>
    <dl class="values">
      {rowsFor(apps, neededOrigins(backend)).map((row) => (
        <AccessRow key={row.id} row={row} isDeclined={isDeclined} />
      ))}
    </dl>
  </section>
);
