import { message, type TextKey } from '../messages/texts/text.ts';

const REASONS: Readonly<Record<string, TextKey>> = {
  identity: 'permissionIdentity',
  storage: 'permissionStorage',
  scripting: 'permissionScripting',
  contextMenus: 'permissionContextMenus',
  activeTab: 'permissionActiveTab',
  alarms: 'permissionAlarms',
  contextualIdentities: 'permissionContextualIdentities',
  cookies: 'permissionCookies',
};

/** Every permission that this installation has from the start, with its reason. */
export const Permissions = ({ required }: { required: readonly string[] }) => (
  <section>
    <h2>{message('permissionsTitle')}</h2>
    <dl class="values">
      {required.map((name) => {
        const reason = REASONS[name];
        return (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{reason === undefined ? '' : message(reason)}</dd>
          </div>
        );
      })}
    </dl>
  </section>
);
