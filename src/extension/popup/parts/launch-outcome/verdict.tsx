import type { EndVerdict } from '../../../messages/launch/launch-status.ts';
import { message, type TextKey } from '../../../messages/texts/text.ts';
import { DoneIcon, InfoIcon, WarningIcon } from '../icons.tsx';

const resultOf = ({ result, tenant }: EndVerdict): TextKey => {
  switch (result) {
    case 'signed_out':
      return tenant === 'gone' ? 'verdictTenant' : 'verdictBrowser';
    case 'not_checked':
      return 'verdictNotChecked';
    case 'still_signed_in':
      return 'verdictStill';
    case 'pending':
      return 'verdictPending';
  }
};
const TENANT: Readonly<Record<EndVerdict['tenant'], TextKey>> = {
  gone: 'checkTenantGone',
  still_there: 'checkTenantStill',
  not_in_plan: 'checkTenantNotInPlan',
  pending: 'checkTenantPending',
  unknown: 'checkTenantUnknown',
  unreachable: 'checkTenantUnreachable',
};
const BROWSER: Readonly<Record<EndVerdict['browser'], TextKey>> = {
  signed_out: 'checkBrowserOut',
  still_signed_in: 'checkBrowserStill',
  not_seen: 'checkBrowserNotSeen',
  not_reached: 'checkBrowserNotReached',
  nothing_left: 'checkBrowserNothingLeft',
};

/**
 * One place that was checked: a tick where the session is over, a warning where it is not, else an information
 * sign.
 */
const Check = ({ text, isOver }: { text: TextKey; isOver: boolean | undefined }) => {
  const Mark = isOver ? DoneIcon : isOver === false ? WarningIcon : InfoIcon;
  return (
    <li class="certainty">
      <Mark />
      <span>{message(text)}</span>
    </li>
  );
};

/**
 * Tells whether a result of the verdict means that the session is over there; `undefined` where that is not known.
 */
const isOver = (word: EndVerdict['tenant'] | EndVerdict['browser']): boolean | undefined => {
  if (word === 'gone' || word === 'signed_out') {
    return true;
  }
  return word === 'still_there' || word === 'still_signed_in' ? false : undefined;
};

/** How sure it is that a session is over, in one line, and what was looked at. */
export const Verdict = ({ verdict }: { verdict: EndVerdict }) => (
  <>
    <p class="verdict">{message(resultOf(verdict))}</p>
    <ul class="checks">
      <Check text={TENANT[verdict.tenant]} isOver={isOver(verdict.tenant)} />
      <Check text={BROWSER[verdict.browser]} isOver={isOver(verdict.browser)} />
    </ul>
  </>
);
