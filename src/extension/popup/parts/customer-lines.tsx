import type { Customer, Organization } from '../../../contract/customer.ts';
import { displayText } from '../../messages/display-text.ts';
import { message } from '../../messages/text.ts';
import { LockIcon } from './icons.tsx';
import { IsolatedText } from './isolated-text.tsx';

const nameOf = ({ name, displayName }: Organization): string => displayText(displayName || name);

/**
 * A customer as the backend resolved them: name, e-mail, id and connection, organizations once they are
 * known, and what to beware of.
 */
export const CustomerLines = ({
  customer,
  organizations = [],
}: {
  customer: Customer;
  organizations?: readonly Organization[];
}) => (
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
        <IsolatedText text={message('connectionOf', [displayText(customer.connection)])} />
      </span>
    </span>
    {organizations.length > 0 && (
      <span class="customer-third">
        <IsolatedText text={organizations.map(nameOf).join(', ')} />
      </span>
    )}
  </span>
);
