import type { Customer, Organization } from '../../../../contract/customer.ts';
import { displayText } from '../../../messages/texts/display-text.ts';
import { message } from '../../../messages/texts/text.ts';
import { IsolatedText } from '../isolated-text.tsx';
import { ProtectedFlag } from './protected-flag.tsx';

const nameOf = ({ name, displayName }: Organization): string => displayText(displayName || name);

/**
 * A customer as the backend resolved them: name, e-mail, id and connection, and what to beware of. With
 * organizations, as many as are known yet, it is more than a row of a list.
 */
export const CustomerLines = ({
  customer,
  organizations,
}: {
  customer: Customer;
  organizations?: readonly Organization[];
}) => (
  <span class="customer">
    <span class="customer-first">
      <IsolatedText class="customer-name" text={customer.name || message('noName')} />
      {customer.protected === true && <ProtectedFlag />}
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
        <IsolatedText
          text={
            organizations
              ? message('connectionOf', [displayText(customer.connection)])
              : customer.connection
          }
        />
      </span>
    </span>
    {organizations && organizations.length > 0 && (
      <span class="customer-third">
        <IsolatedText text={organizations.map(nameOf).join(', ')} />
      </span>
    )}
  </span>
);
