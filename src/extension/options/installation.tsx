import { message } from '../messages/texts/text.ts';
import type { InstallationValues } from './state.ts';

const Value = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>
      <code>{value}</code>
    </dd>
  </div>
);

/** What a platform engineer enters elsewhere for this installation. */
export const Installation = ({ values }: { values: InstallationValues }) => (
  <section>
    <h2>{message('forEngineers')}</h2>
    <p>{message('forEngineersText')}</p>
    <dl class="values">
      <Value label={message('extensionIdLabel')} value={values.extensionId} />
      <Value label={message('extensionOriginLabel')} value={values.origin} />
      <Value label={message('callbackUrlLabel')} value={values.signInUrl} />
      <Value label={message('logoutUrlLabel')} value={values.signOutUrl} />
    </dl>
  </section>
);
