import { message } from '../../../messages/texts/text.ts';
import { LockIcon } from '../icons.tsx';

/** Says beside a customer's name that nobody may act as them. */
export const ProtectedFlag = () => (
  <span class="flag">
    <LockIcon />
    {message('protectedFlag')}
  </span>
);
