import type { TargetApp } from '../../../contract/target-app.ts';
import type { Tabs } from '../../browser/tabs/tabs.ts';
import { loginDomainOrigin } from '../../messages/session/login-domain.ts';
import type { LaunchRecord } from '../launch-state/launch-record.ts';

type Dependencies = {
  readonly tabs: Pick<Tabs, 'exists' | 'showing' | 'url'>;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
};

/**
 * The open tabs of a session. `own` is the one that the launch opened, unless the agent went elsewhere in it.
 * `complete` is false where the extension cannot see the app's other tabs, nor where the own tab went.
 */
export type SessionTabs = (
  record: LaunchRecord,
  app: TargetApp,
) => Promise<{
  readonly own: number | undefined;
  readonly ids: readonly number[];
  readonly complete: boolean;
}>;

/** Makes {@link SessionTabs}: the tab that the launch opened, and all of its store that show the app. */
export const createSessionTabs =
  ({ tabs, hasHostPermission }: Dependencies): SessionTabs =>
  async ({ tabId, cookieStore }, app) => {
    const complete = await hasHostPermission(app.origins);
    const places = [...app.origins, loginDomainOrigin(app)];
    const isOwn = async (id: number): Promise<boolean> =>
      (await tabs.exists(id)) &&
      (!complete || places.includes(URL.parse((await tabs.url(id)) ?? '')?.origin ?? ''));
    const own = tabId !== undefined && (await isOwn(tabId)) ? tabId : undefined;
    const showing =
      complete && cookieStore !== undefined ? await tabs.showing(app.origins, cookieStore) : [];
    return { own, ids: [...new Set([...(own === undefined ? [] : [own]), ...showing])], complete };
  };
