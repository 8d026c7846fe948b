import type { Customer } from '../../../contract/customer.ts';
import { message } from '../../messages/text.ts';
import { LockIcon } from './icons.tsx';
import { IsolatedText } from './isolated-text.tsx';

/** A customer as the backend resolved them: name, e-mail, id and connection, and what to beware of. */
export const CustomerLines = ({ customer }: { customer: Customer }) => (
  <span class="customer">
    <span class="customer-first">
      <IsolatedText class="customer-name" text={customer.name || message('noName')} />
      {customer.protected === true && (
        <span class="flag">
          <LockIcon />
          {message('protectedFlag')}
        </span>
      )}
    </span>
    <span class="customer-second">
      <IsolatedText text={customer.email || message('noEmail')} />
      {!customer.emailVerified && customer.email !== '' && (
        <span class="flag warning">{message('unverifiedEmail')}</span>
      )}
    </span>
    <span class="customer-third">
      <IsolatedText class="mono" text={customer.id} />
      <span class="connection">
        <IsolatedText text={customer.connection} />
      </span>
    </span>
  </span>
);
