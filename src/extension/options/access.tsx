import { useEffect, useState } from 'preact/hooks';
import type { TargetApp } from '../../contract/target-app.ts';
import { type Access, giveBackAccess, hasAccess, requestAccess } from '../browser/permissions.ts';
import { loginDomainOrigin } from '../messages/login-domain.ts';
import { message, type TextKey } from '../messages/text.ts';

type Row = {
  readonly id: string;
  readonly title: TextKey;
  readonly why: TextKey;
  /** Absent until it is known which sites it is about. */
  readonly access: Access | undefined;
};

const rowsFor = (apps: readonly TargetApp[]): readonly Row[] => {
  const loginDomains = [...new Set(apps.map(loginDomainOrigin))];
  const sites = [...new Set(apps.flatMap(({ origins }) => origins)), ...loginDomains];
  const where = (access: Access): Access | undefined => (apps.length > 0 ? access : undefined);
  return [
    {
      id: 'sites',
      title: 'accessSites',
      why: 'accessSitesWhy',
      access: where({ origins: sites }),
    },
    {
      id: 'cookies',
      title: 'accessCookies',
      why: 'accessCookiesWhy',
      access: where({ permissions: ['cookies'], origins: loginDomains }),
    },
    {
      id: 'history',
      title: 'accessHistory',
      why: 'accessHistoryWhy',
      access: { permissions: ['history'] },
    },
    {
      id: 'tab-groups',
      title: 'accessTabGroups',
      why: 'accessTabGroupsWhy',
      access: { permissions: ['tabGroups'] },
    },
  ];
};

const AccessRow = ({ row: { id, title, why, access } }: { row: Row }) => {
  const [granted, setGranted] = useState(false);
  const look = (): void => {
    if (access) void hasAccess(access).then(setGranted);
  };
  // Access may be given and taken in the browser's own pages, which tell nobody.
  useEffect(look, [JSON.stringify(access)]);
  return (
    <div>
      <dt id={`access-${id}`}>{message(title)}</dt>
      <dd>
        {message(why)}
        <span class="access">
          {access ? (
            <button
              type="button"
              class="button quiet"
              aria-describedby={`access-${id}`}
              onClick={() => void (granted ? giveBackAccess : requestAccess)(access).then(look)}
            >
              {message(granted ? 'accessTakeBack' : 'accessAllow')}
            </button>
          ) : (
            <span class="hint">{message('accessSignedOut')}</span>
          )}
          {granted && <span class="granted">{message('accessGranted')}</span>}
        </span>
      </dd>
    </div>
  );
};

/** What the agent may allow besides, each with its reason. Nothing of it is asked for at install. */
export const OptionalAccess = ({ apps }: { apps: readonly TargetApp[] }) => (
  <section>
    <h2>{message('accessTitle')}</h2>
    <p>{message('accessText')}</p>
    <dl class="values">
      {rowsFor(apps).map((row) => (
        <AccessRow key={row.id} row={row} />
      ))}
    </dl>
  </section>
);
