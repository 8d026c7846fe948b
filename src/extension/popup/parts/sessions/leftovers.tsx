import type { EndVerdict } from '../../../messages/launch/launch-status.ts';
import type { signOutLeftover } from '../../../messages/session/sign-out-leftover.ts';
import type { Leftover } from '../../../messages/snapshot.ts';
import { inSentence } from '../../../messages/texts/display-text.ts';
import { message } from '../../../messages/texts/text.ts';
import { ask } from '../../../messages/wire/ask.ts';
import type { ProblemReport } from '../../../messages/wire/problem.ts';
import { createCell } from '../../state/cell.ts';
import { clock, snapshot } from '../../state/state.ts';
import { sinceWhen } from '../../state/time/since.ts';
import { WarningIcon } from '../icons.tsx';
import { Verdict } from '../launch-outcome/verdict.tsx';
import { ProblemCard } from '../problem-card.tsx';

/** The verdicts of sign-outs in this popup. They are kept here because a leftover that is gone is in no snapshot. */
type SignedOut = { readonly app: string; readonly verdict: EndVerdict };
const signedOut = createCell<readonly SignedOut[]>([]);
const underWay = createCell<readonly string[]>([]);
const failure = createCell<ProblemReport | undefined>(undefined);

const signOut = async ({ launchId, targetAppName }: Leftover): Promise<void> => {
  if (underWay.value.includes(launchId)) {
    return;
  }
  underWay.value = [...underWay.value, launchId];
  const answer = await ask<typeof signOutLeftover>('sign_out_leftover', { launchId });
  underWay.value = underWay.value.filter((id) => id !== launchId);
  failure.value = answer.ok ? undefined : answer.problem;
  if (answer.ok) {
    signedOut.value = [...signedOut.value, { app: targetAppName, verdict: answer.value.verdict }];
  }
};

const textOf = ({ customerName, targetAppName }: Leftover): string => {
  const app = inSentence(targetAppName);
  return customerName === undefined
    ? message('leftoverSomebody', [app])
    : message('leftoverCustomer', [inSentence(customerName), app]);
};

const LeftoverItem = ({ leftover }: { leftover: Leftover }) => {
  const since = sinceWhen(Date.parse(leftover.since), clock.value);
  const isUnderWay = underWay.value.includes(leftover.launchId);
  return (
    <li class="leftover">
      <p>
        {textOf(leftover)} {message('leftoverSince', [since])}{' '}
        {leftover.openedBySomebodyElse && message('openedBySomebodyElse')}
      </p>
      <button
        type="button"
        class="button"
        aria-disabled={isUnderWay}
        onClick={() => void signOut(leftover)}
      >
        {message(isUnderWay ? 'signingOutOf' : 'signOutOf', [inSentence(leftover.targetAppName)])}
      </button>
    </li>
  );
};

/** Sessions that may have outlived a restart of the browser: shown signed in or not, until they are dealt with. */
export const Leftovers = () => {
  const leftovers = snapshot.value?.leftovers ?? [];
  if (leftovers.length === 0 && signedOut.value.length === 0) {
    return null;
  }
  return (
    <section class="problem leftovers">
      <h2>
        <WarningIcon />
        {message('leftoversTitle')}
      </h2>
      {failure.value && <ProblemCard problem={failure.value} />}
      <ul>
        {leftovers.map((leftover) => (
          <LeftoverItem key={leftover.launchId} leftover={leftover} />
        ))}
        {signedOut.value.map(({ app, verdict }) => (
          <li key={app} class="leftover">
            <div role="status">
              <strong>{inSentence(app)}</strong>
              <Verdict verdict={verdict} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};
