import type { PostLoginApi, PostLoginEvent } from './event.ts';

/** The Authentication Context Class of a sign-in with a second factor. @see OpenID PAPE 1.0 §4 */
const MULTI_FACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

/**
 * Has Auth0 ask for a second factor where the sign-in asks for one: by itself Auth0 does nothing about
 * `acr_values`. A browser that was remembered is no second factor.
 * @see Auth0 "Configure Step-up Authentication for Web Apps"
 */
export const askForSecondFactor = (
  { transaction }: Pick<PostLoginEvent, 'transaction'>,
  { multifactor }: Pick<PostLoginApi, 'multifactor'>,
): void => {
  if (transaction?.acr_values?.includes(MULTI_FACTOR)) {
    multifactor.enable('any', { allowRememberBrowser: false });
  }
};
