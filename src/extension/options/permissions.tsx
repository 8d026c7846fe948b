import { message, type TextKey } from '../messages/text.ts';

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

/** Every permission that this installation has from the start, and those it may ask for, with the reason. */
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
      {!required.includes('cookies') && (
        <div>
          <dt>{message('permissionOptional', ['cookies'])}</dt>
          <dd>{message('permissionCookiesOptional')}</dd>
        </div>
      )}
      <div>
        <dt>{message('permissionOptional', ['history'])}</dt>
        <dd>{message('permissionHistoryOptional')}</dd>
      </div>
      <div>
        <dt>{message('permissionHostsName')}</dt>
        <dd>{message('permissionHosts')}</dd>
      </div>
    </dl>
  </section>
);
