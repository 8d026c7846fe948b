import { displayText } from '../../messages/display-text.ts';
import type { DiagnosisReport } from '../../messages/launch-status.ts';
import { message, type TextKey } from '../../messages/text.ts';
import { WarningIcon } from './icons.tsx';

const WHO: Readonly<Record<DiagnosisReport['who'], TextKey>> = {
  agent: 'whoAgent',
  platform_team: 'whoPlatformTeam',
  app_team: 'whoAppTeam',
  nobody: 'whoNobody',
};

/** Why a launch did not land, what that rests on, who can mend it and how; without a diagnosis yet, that it is being looked for. */
export const DiagnosisCard = ({ diagnosis }: { diagnosis: DiagnosisReport | undefined }) => {
  if (!diagnosis)
    return (
      <section class="problem" role="alert" aria-busy="true">
        <h2>
          <WarningIcon />
          {message('notLandedTitle')}
        </h2>
        <p class="looking">
          <span class="spinner" aria-hidden="true" />
          {message('diagnosing')}
        </p>
      </section>
    );
  return (
    <section class="problem" role="alert">
      <h2>
        <WarningIcon />
        {displayText(diagnosis.sentence)}
      </h2>
      <p>
        <strong>{message(WHO[diagnosis.who])}: </strong>
        {displayText(diagnosis.how)}
      </p>
      {diagnosis.evidence.length > 0 && (
        <>
          <h3>{message('evidence')}</h3>
          <ul class="evidence">
            {diagnosis.evidence.map((line) => (
              <li key={line}>{displayText(line)}</li>
            ))}
          </ul>
        </>
      )}
      {diagnosis.ruledOut.length > 0 && (
        <details class="ruled-out">
          <summary>{message('ruledOut', [String(diagnosis.ruledOut.length)])}</summary>
          <p>{diagnosis.ruledOut.map((cause) => cause.replaceAll('_', ' ')).join(', ')}</p>
        </details>
      )}
      <dl class="reference">
        <dt>{message('errorCode')}</dt>
        <dd>{diagnosis.cause}</dd>
      </dl>
    </section>
  );
};
