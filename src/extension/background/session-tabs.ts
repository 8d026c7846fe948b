import type { TargetApp } from '../../contract/target-app.ts';
import type { Tabs } from '../browser/tabs.ts';
import type { LaunchRecord } from './launch-record.ts';

type Dependencies = {
  readonly tabs: Pick<Tabs, 'exists' | 'showing'>;
  readonly hasHostPermission: (origins: readonly string[]) => Promise<boolean>;
};

/** The open tabs of a session. `complete` is false where only its own tab can be known. */
export type SessionTabs = (
  record: LaunchRecord,
  app: TargetApp,
) => Promise<{ readonly ids: readonly number[]; readonly complete: boolean }>;

/** Makes {@link SessionTabs}: the tab that the launch opened, and all of its store that show the app. */
export const createSessionTabs =
  ({ tabs, hasHostPermission }: Dependencies): SessionTabs =>
  async ({ tabId, store }, app) => {
    const complete = await hasHostPermission(app.origins);
    const showing = complete && store !== undefined ? await tabs.showing(app.origins, store) : [];
    const own = tabId !== undefined && (await tabs.exists(tabId)) ? [tabId] : [];
    return { ids: [...new Set([...own, ...showing])], complete };
  };
