import type { TargetApp } from '../../../contract/target-app.ts';

/** The origin of an app's login domain, with the scheme (http or https) of the app's login URL. */
export const loginDomainOrigin = (app: Pick<TargetApp, 'loginUrl' | 'loginDomain'>): string =>
  `${new URL(app.loginUrl).protocol}//${app.loginDomain}`;

/** The origins of all login domains that these apps use, without repetition. */
export const loginDomainsOf = (
  apps: readonly Pick<TargetApp, 'loginUrl' | 'loginDomain'>[],
): readonly string[] => [...new Set(apps.map(loginDomainOrigin))];

/** The origins of all pages that a customer's session can show: the apps' own and their login domains'. */
export const sitesOf = (apps: readonly TargetApp[]): readonly string[] => [
  ...new Set([...apps.flatMap(({ origins }) => origins), ...loginDomainsOf(apps)]),
];
