import { message } from '../messages/text.ts';

/** Every permission of the extension with its reason. */
export const Permissions = () => (
  <section>
    <h2>{message('permissionsTitle')}</h2>
    <dl class="values">
      <dt>identity</dt>
      <dd>{message('permissionIdentity')}</dd>
      <dt>storage</dt>
      <dd>{message('permissionStorage')}</dd>
      <dt>{message('permissionHostsName')}</dt>
      <dd>{message('permissionHosts')}</dd>
    </dl>
  </section>
);
