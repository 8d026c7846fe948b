import type { DiagnosisReport } from '../../../messages/launch/launch-status.ts';
import { causeName, diagnosisText } from '../../../messages/texts/diagnosis-text.ts';
import { displayText } from '../../../messages/texts/display-text.ts';
import { message, type TextKey } from '../../../messages/texts/text.ts';
import { focusOnMount } from '../../state/keyboard/focus-on-mount.ts';
import { WarningIcon } from '../icons.tsx';

const WHO: Readonly<Record<DiagnosisReport['who'], TextKey>> = {
  agent: 'whoAgent',
  platform_team: 'whoPlatformTeam',
  app_team: 'whoAppTeam',
  nobody: 'whoNobody',
};

const ruledOutTitle = (count: number): string =>
  count === 1 ? message('ruledOutOne') : message('ruledOut', [String(count)]);

/**
 * Why a launch did not land, the evidence for that, who can fix it and how. Without a diagnosis, says that it is
 * being looked for.
 */
export const DiagnosisCard = ({ diagnosis }: { diagnosis: DiagnosisReport | undefined }) => {
  if (!diagnosis) {
    return (
      <section class="problem" role="alert" aria-busy="true">
        <h2 tabIndex={-1} ref={focusOnMount}>
          <WarningIcon />
          {message('notLandedTitle')}
        </h2>
        <p class="looking">
          <span class="spinner" aria-hidden="true" />
          {message('diagnosing')}
        </p>
      </section>
    );
  }
  const { title, action } = diagnosisText(diagnosis);
  return (
    <section class="problem" role="alert">
      <h2>
        <WarningIcon />
        {displayText(title)}
      </h2>
      <p>
        <strong>{message(WHO[diagnosis.who])}: </strong>
        {displayText(action)}
      </p>
      {diagnosis.evidence.length > 0 && (
        <>
          <h3>{message('evidence')}</h3>
          <ul class="evidence">
            {diagnosis.evidence.map((line) => (
              <li key={line} lang="en">
                {displayText(line)}
              </li>
            ))}
          </ul>
        </>
      )}
      {diagnosis.ruledOut.length > 0 && (
        <details class="ruled-out">
          <summary>{ruledOutTitle(diagnosis.ruledOut.length)}</summary>
          <p>{diagnosis.ruledOut.map(causeName).join(', ')}</p>
        </details>
      )}
      <dl class="reference">
        <dt>{message('errorCode')}</dt>
        <dd>{diagnosis.cause}</dd>
      </dl>
    </section>
  );
};
