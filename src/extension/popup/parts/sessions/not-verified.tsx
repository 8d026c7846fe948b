import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { inSentence } from '../../../messages/texts/display-text.ts';
import { message, type TextKey } from '../../../messages/texts/text.ts';
import { confirmLanding, end } from '../../state/launch/launch-action.ts';
import { signOutAndRetry } from '../../state/launch-panel/launch-draft.ts';
import { CertaintyLine } from './certainty.tsx';
import { EndButton, SessionButton, TabButton } from './session-actions.tsx';
import { SessionList } from './session-list.tsx';
import { SessionName, SessionPlace } from './session-name.tsx';

/** What is known of a session of another browser, whose tab cannot be seen. */
const knownElsewhere = ({ state }: LaunchStatus): TextKey =>
  state === 'unconfirmed' ? 'notVerifiedElsewhereUnconfirmed' : 'notVerifiedElsewhere';

/** What is known of a session that nobody saw. */
const knownOf = (session: LaunchStatus): TextKey => {
  const { state, ambiguous, diagnosis, openIn } = session;
  if (ambiguous) {
    return 'notVerifiedAmbiguous';
  }
  if (openIn === undefined) {
    return knownElsewhere(session);
  }
  if (state === 'interrupted') {
    return 'notVerifiedInterrupted';
  }
  if (state === 'not_landed' || diagnosis) {
    return 'notVerifiedNotLanded';
  }
  return state === 'opened' ? 'notVerifiedOpened' : 'notVerifiedUnconfirmed';
};

/** Auth0 showed a session of a launch that did not land: what became of it, and the way out of the app. */
const FoundBody = ({ session }: { session: LaunchStatus }) => {
  const app = inSentence(session.targetAppName);
  const wasEnded = session.tenantSession === 'gone';
  return (
    <>
      <p>
        {message(wasEnded ? 'notVerifiedFoundEnded' : 'notVerifiedFound', [
          app,
          inSentence(session.customerName),
        ])}
      </p>
      <div class="buttons">
        <SessionButton
          session={session}
          label="signOutOf"
          of={app}
          onPress={({ id }) => end(id)}
          isMain
        />
        <TabButton session={session} />
      </div>
    </>
  );
};

/** What is known of the session, what to look for in its tab, and what to do about what is seen there. */
export const NotVerifiedBody = ({ session }: { session: LaunchStatus }) => {
  if (session.tenantSession !== undefined) {
    return <FoundBody session={session} />;
  }
  const isHere = session.openIn !== undefined;
  return (
    <>
      {session.state === 'opened' && isHere && !session.ambiguous ? (
        <CertaintyLine launch={session} />
      ) : (
        <p>{message(knownOf(session))}</p>
      )}
      {isHere && (
        <p>
          {session.tab === 'closed'
            ? message('tabGone')
            : message('lookInTab', [
                inSentence(session.targetAppName),
                inSentence(session.customerName),
              ])}
        </p>
      )}
      <div class="buttons">
        {isHere && <SessionButton session={session} label="itWorked" onPress={confirmLanding} />}
        <TabButton session={session} />
        {isHere && session.request && (
          <SessionButton session={session} label="signOutAndRetry" onPress={signOutAndRetry} />
        )}
        <EndButton session={session} />
      </div>
    </>
  );
};

/** Launches that may have a session which nobody saw. Nothing here claims that the agent is the customer. */
export const NotVerified = ({ sessions }: { sessions: readonly LaunchStatus[] }) => (
  <SessionList id="not-verified" title="notVerifiedTitle">
    {sessions.map((session) => (
      <li key={session.id} class="session not-verified">
        <span class="session-open">
          <SessionName session={session} />
          <span class="session-second">
            <SessionPlace session={session} />
          </span>
        </span>
        <NotVerifiedBody session={session} />
      </li>
    ))}
  </SessionList>
);
