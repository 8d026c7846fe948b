import { useState } from 'preact/hooks';
import { needsHostPermissionForCalls, requestAccess } from '../browser/permissions.ts';
import { inBackground } from '../in-background.ts';
import type { saveBackend } from '../messages/set-up/save-backend.ts';
import { problemText } from '../messages/texts/problem-text.ts';
import { message } from '../messages/texts/text.ts';
import { ask } from '../messages/wire/ask.ts';
import { extensionProblem, type ProblemReport } from '../messages/wire/problem.ts';
import { IssuerAccess } from './issuer-access.tsx';
import type { BackendInUse } from './state.ts';

/** The origin in what was typed, good enough to ask the browser for access to it. */
const typedOrigin = (text: string): string | undefined =>
  (URL.parse(text.trim()) ?? URL.parse(`https://${text.trim()}`))?.origin;

const Problem = ({ problem }: { problem: ProblemReport }) => {
  const { title, detail, action } = problemText(problem);
  return (
    <>
      <strong>{title}.</strong> {detail} {action}
    </>
  );
};

/** Nothing at an address that was only just typed is more likely a typing error than a network that is down. */
const aboutAddress = (problem: ProblemReport): ProblemReport =>
  problem.code === 'backend_unreachable' ? extensionProblem('address_unreachable') : problem;

/** The backend's address. Saving checks that there really is an Understudy backend. */
export const BackendForm = ({ backend }: { backend: BackendInUse }) => {
  const [text, setText] = useState(backend.origin ?? '');
  const [saving, setSaving] = useState(false);
  const [savedIssuer, setSavedIssuer] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<ProblemReport | undefined>(undefined);
  const { managed } = backend;

  const save = async (): Promise<void> => {
    const origin = typedOrigin(text);
    // First of all, in the click itself: the browser takes the question only then.
    const permission =
      needsHostPermissionForCalls() && origin !== undefined
        ? requestAccess({ origins: [origin] })
        : Promise.resolve(true);
    setSaving(true);
    setProblem(undefined);
    setSavedIssuer(undefined);
    await permission;
    const answer = await ask<typeof saveBackend>('save_backend', { address: text });
    setSaving(false);
    if (!answer.ok) {
      return setProblem(aboutAddress(answer.problem));
    }
    setText(answer.value.origin);
    setSavedIssuer(answer.value.issuer);
  };

  return (
    <section class="card">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!saving && !managed) {
            inBackground(save(), 'saving the address');
          }
        }}
      >
        <label for="backend">{message('backendAddress')}</label>
        <div class="line">
          <input
            id="backend"
            type="url"
            inputMode="url"
            autocomplete="off"
            spellcheck={false}
            value={managed ? (backend.origin ?? '') : text}
            readOnly={managed}
            aria-invalid={problem !== undefined}
            aria-describedby="backend-hint backend-status"
            onInput={(event) => setText(event.currentTarget.value)}
          />
          {!managed && (
            <button type="submit" class="button primary" aria-disabled={saving}>
              {message('save')}
            </button>
          )}
        </div>
        <p id="backend-hint" class="hint">
          {message(managed ? 'managedHint' : 'backendHint')}
          {!managed && backend.origin !== undefined && ` ${message('savedSignsOut')}`}
        </p>
        <p
          id="backend-status"
          class={problem ? 'status wrong' : 'status'}
          role={problem ? 'alert' : 'status'}
        >
          {saving && message('saving')}
          {problem && <Problem problem={problem} />}
          {savedIssuer !== undefined && message('savedStatus', [new URL(savedIssuer).host])}
        </p>
      </form>
      {backend.issuer !== undefined && <IssuerAccess issuer={backend.issuer} />}
    </section>
  );
};
