import type { TargetApp } from '../../contract/target-app.ts';

/** The origin of the login domain that an app uses, on the transport that the app's login uses. */
export const loginDomainOrigin = (app: Pick<TargetApp, 'loginUrl' | 'loginDomain'>): string =>
  `${new URL(app.loginUrl).protocol}//${app.loginDomain}`;
