import type { TargetApp } from '../../../contract/target-app.ts';
import { type Access, isOptional } from '../../browser/permissions.ts';
import { loginDomainsOf, sitesOf } from '../../messages/session/login-domain.ts';
import type { TextKey } from '../../messages/texts/text.ts';

/** One access that is offered on the set-up screen. */
export type SetUpOffer = {
  readonly id: 'sites' | 'cookies' | 'history';
  readonly title: TextKey;
  readonly why: TextKey;
  readonly access: Access;
};

/** What is worth allowing for these apps; without what this browser's build requires from the start. */
export const offersFor = (apps: readonly TargetApp[]): readonly SetUpOffer[] => {
  const offers: readonly SetUpOffer[] = [
    {
      id: 'sites',
      title: 'setUpSites',
      why: 'setUpSitesWhy',
      access: { origins: sitesOf(apps) },
    },
    {
      id: 'cookies',
      title: 'setUpCookies',
      why: 'setUpCookiesWhy',
      access: { permissions: ['cookies'], origins: loginDomainsOf(apps) },
    },
    {
      id: 'history',
      title: 'setUpHistory',
      why: 'setUpHistoryWhy',
      access: { permissions: ['history'] },
    },
  ];
  return offers.filter(
    ({ access }) => (access.permissions ?? []).every(isOptional) && access.origins?.length !== 0,
  );
};
