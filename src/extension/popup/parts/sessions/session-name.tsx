import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { displayText } from '../../../messages/texts/display-text.ts';
import { message } from '../../../messages/texts/text.ts';
import { clock } from '../../state/state.ts';
import { sinceWhen } from '../../state/time/since.ts';
import { IsolatedText } from '../isolated-text.tsx';

/** Where a session is, unless it is in an ordinary tab of this browser, where everybody expects it. */
const placeOf = ({ openIn }: LaunchStatus): string | undefined => {
  if (openIn === undefined) {
    return message('elsewhere');
  }
  if (openIn === 'container') {
    return message('inContainer');
  }
  return openIn === 'private_window' ? message('inPrivateWindow') : undefined;
};

/** What the agent said the session is for: all that this browser knows of a session elsewhere. */
const purposeOf = ({ openIn, request }: LaunchStatus): string | undefined =>
  openIn === undefined ? [request?.reason, request?.ticket].filter(Boolean).join(' · ') : undefined;

/** The session's own colour, as on the toolbar, in tab groups and on containers, and the customer's name. */
export const SessionName = ({ session }: { session: LaunchStatus }) => (
  <span class="session-name" id={`session-${session.id}`}>
    <span class={`dot ${session.color}`} aria-hidden="true" />
    <IsolatedText class="customer-name" text={session.customerName} />
  </span>
);

/** App, organization and place of a session, and since when one of another browser is open. */
export const SessionPlace = ({ session }: { session: LaunchStatus }) => {
  const place = placeOf(session);
  const purpose = purposeOf(session);
  return (
    <>
      {[session.targetAppName, session.organizationName]
        .filter((name) => name !== undefined)
        .map((name) => (
          <IsolatedText key={name} text={displayText(name)} />
        ))}
      {place !== undefined && <span>{place}</span>}
      {session.openIn === undefined && (
        <span>{message('since', [sinceWhen(Date.parse(session.requestedAt), clock.value)])}</span>
      )}
      {purpose && <IsolatedText text={displayText(purpose)} />}
    </>
  );
};
