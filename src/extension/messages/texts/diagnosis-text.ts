import type { DiagnosisReport } from '../launch/launch-status.ts';
import { optionalMessage } from './text.ts';

/** A diagnosis in words: what happened, and what to do about it. */
export type DiagnosisText = { readonly title: string; readonly action: string };

/**
 * Puts a diagnosis into words of the browser's language, by its cause. The backend's own English stands only
 * where this version of the extension does not know the cause.
 */
export const diagnosisText = ({ cause, sentence, how }: DiagnosisReport): DiagnosisText => ({
  title: optionalMessage(`diagnosis_${cause}_title`) ?? sentence,
  action: optionalMessage(`diagnosis_${cause}_action`) ?? how,
});

/** A few words for a cause that was ruled out. */
export const causeName = (cause: string): string =>
  optionalMessage(`diagnosis_${cause}_name`) ?? cause.replaceAll('_', ' ');
