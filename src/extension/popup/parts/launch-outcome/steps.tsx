import { message } from '../../../messages/texts/text.ts';
import { DoneIcon } from '../icons.tsx';

/** Says which of some steps is under way: those before it are done. */
export const Steps = ({ steps, current }: { steps: readonly string[]; current: number }) => (
  <ol class="steps">
    {steps.map((step, index) => (
      <li key={step} aria-current={index === current ? 'step' : undefined}>
        <span class="step-mark">
          {index < current && <DoneIcon />}
          {index === current && <span class="spinner" aria-hidden="true" />}
        </span>
        {step}
        {index <= current && (
          <span class="visually-hidden">{message(index < current ? 'stepDone' : 'stepNow')}</span>
        )}
      </li>
    ))}
  </ol>
);
