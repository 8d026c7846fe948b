import { useEffect, useState } from 'preact/hooks';
import {
  hasAccess,
  needsHostPermissionForCalls,
  requestAccess,
} from '../../browser/permissions.ts';
import { inBackground } from '../../in-background.ts';
import type { signIn } from '../../messages/sign-in/sign-in.ts';
import type { Snapshot } from '../../messages/snapshot.ts';
import { problemText } from '../../messages/texts/problem-text.ts';
import { message } from '../../messages/texts/text.ts';
import { ask } from '../../messages/wire/ask.ts';
import { MaskIcon } from '../parts/icons.tsx';
import { Notice } from '../parts/notice.tsx';
import { ProblemCard } from '../parts/problem-card.tsx';
import { Leftovers } from '../parts/sessions/leftovers.tsx';
import { focusOnMount } from '../state/keyboard/focus-on-mount.ts';

/** Endings of a sign-in that are nobody's fault. */
const CALM_CODES: readonly string[] = ['sign_in_closed', 'session_expired', 'signed_out'];

const SignInProblem = ({ current }: { current: Snapshot }) => {
  const { problem, webSessionLeft } = current.signIn;
  if (!problem) {
    return webSessionLeft ? <Notice text={message('webSessionLeft')} /> : null;
  }
  if (!CALM_CODES.includes(problem.code)) {
    return <ProblemCard problem={problem} />;
  }
  const { title, detail } = problemText(problem);
  return <Notice title={`${title}.`} text={detail} />;
};

/** Signs in, once the browser lets the extension call the issuer where it has to be asked for that. */
const signInAt = async (issuer: string | undefined): Promise<void> => {
  // First of all, in the click itself: the browser takes the question only then.
  const isAllowed =
    issuer === undefined ||
    !needsHostPermissionForCalls() ||
    (await requestAccess({ origins: [issuer] }));
  if (isAllowed) {
    await ask<typeof signIn>('sign_in', {});
  }
};

/** Says beforehand that the browser will ask for access to the issuer; nothing where it will not. */
const AccessHint = ({ issuer }: { issuer: string }) => {
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (needsHostPermissionForCalls()) {
      const seen = hasAccess({ origins: [issuer] }).then((granted) => setMissing(!granted));
      inBackground(seen, 'looking what is allowed');
    }
  }, [issuer]);
  return missing ? <p class="hint">{message('allowIssuerWhy')}</p> : null;
};

/** Signed out, or signing in. */
export const SignInView = ({ current }: { current: Snapshot }) => {
  const waiting = current.signIn.state === 'signing_in';
  const { issuer, origin } = current.backend;
  const host = new URL(issuer ?? origin ?? location.href).host;
  return (
    <section class="welcome" aria-busy={waiting}>
      <Leftovers />
      <MaskIcon />
      <h2>{message(waiting ? 'signingInTitle' : 'signInTitle')}</h2>
      <p>{waiting ? message('signingInText') : message('signInText', [host])}</p>
      {waiting ? (
        <span class="spinner" aria-hidden="true" />
      ) : (
        <button
          type="button"
          class="button primary"
          ref={focusOnMount}
          onClick={() => inBackground(signInAt(issuer), 'signing in')}
        >
          {message('signIn')}
        </button>
      )}
      {!waiting && issuer !== undefined && <AccessHint issuer={issuer} />}
      {!waiting && <SignInProblem current={current} />}
    </section>
  );
};
