import type { TargetApp } from '../../../../contract/target-app.ts';
import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { inSentence } from '../../../messages/texts/display-text.ts';
import { message } from '../../../messages/texts/text.ts';
import { focusTab, openAgain } from '../../state/launch/launch-action.ts';
import { outlook, sessionsInTheWay } from '../../state/launch-panel/outlook.ts';
import { Notice } from '../notice.tsx';
import { ProblemCard } from '../problem-card.tsx';
import { EarlierSession } from './earlier-session.tsx';
import { Granted } from './granted.tsx';
import { KeepBoth } from './keep-both.tsx';

/** The same customer in the same app and place: going there comes first, launching again second. */
const SameApp = ({ session }: { session: LaunchStatus }) => {
  const names = [session.customerName, session.targetAppName].map(inSentence);
  const isClosed = session.tab === 'closed';
  return (
    <Notice text={message(session.standing === 'acting' ? 'alreadyActing' : 'alreadyOpen', names)}>
      <button
        type="button"
        class="button primary"
        onClick={() => void (isClosed ? openAgain(session) : focusTab(session))}
      >
        {message(isClosed ? 'openAgain' : 'goToTab')}
      </button>
    </Notice>
  );
};

/** What a launch into this app would meet: why it would be refused, what it still takes, and what it ends. */
export const LaunchOutlook = ({ app, customerId }: { app: TargetApp; customerId: string }) => {
  const { preview, ownSession = false } = outlook.value ?? {};
  const { inTheWay, sameApp } = sessionsInTheWay();
  const others = inTheWay.filter(({ id }) => id !== sameApp?.id);
  return (
    <>
      {preview?.refusal && <ProblemCard problem={{ source: 'backend', ...preview.refusal }} />}
      {preview && <Granted preview={preview} />}
      {sameApp && <SameApp session={sameApp} />}
      {others.map((session) => (
        <EarlierSession key={session.id} session={session} customerId={customerId} />
      ))}
      {ownSession && (
        <Notice text={message('ownSessionEnds', [inSentence(app.name)])}>
          <KeepBoth />
        </Notice>
      )}
      {preview?.needs.includes('approval') && <Notice text={message('needApproval')} />}
      {preview?.needs.includes('step_up') && (
        <Notice
          title={message('needStepUp')}
          text={message(preview.stepUp?.acrValues ? 'needSecondFactor' : 'needFreshSignIn')}
        />
      )}
    </>
  );
};
