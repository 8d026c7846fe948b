import { translationInto } from '../../browser/company-language.ts';
import type { Translation } from '../../browser/i18n.ts';

/**
 * Gives the translation into the company's language where that is not the browser's. The popup loads this file
 * only where a company sets a language.
 */
export const companyTranslation = (
  language: string | undefined,
): Promise<Translation | undefined> => translationInto(language);
