import { BUILT_IN_POLICY_NAME } from '../../../../contract/built-in-policy.ts';
import type { LaunchPreview } from '../../../../contract/launch-preview.ts';
import { message } from '../../../messages/texts/text.ts';
import { duration } from '../../state/time/duration.ts';
import { ClockIcon } from '../icons.tsx';

/** The first characters of a version's hash are enough for a reader to tell two versions apart. */
const SHOWN_HASH_CHARACTERS = 8;

/** What a launch would be granted, and by which of the company's rules, before anything is typed; or who refuses it. */
export const Granted = ({ preview }: { preview: LaunchPreview }) => {
  const { grant, refusal, policies = [], policyHash = '' } = preview;
  const isGranted = grant !== undefined && refusal === undefined;
  const rules = policyHash === BUILT_IN_POLICY_NAME ? '' : policies.join(', ');
  if (!isGranted && rules === '') {
    return null;
  }
  return (
    <div class="granted" role="status">
      <ClockIcon />
      <p>
        {isGranted && <strong>{message('grantedFor', [duration(grant.minutes)])}</strong>}
        {rules !== '' && (
          <span class="rules">
            {message('grantedBy', [rules, policyHash.slice(0, SHOWN_HASH_CHARACTERS)])}
          </span>
        )}
      </p>
    </div>
  );
};
