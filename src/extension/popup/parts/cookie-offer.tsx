import type { TargetApp } from '../../../contract/target-app.ts';
import { loginDomainOrigin } from '../../messages/login-domain.ts';
import { Offer, type OfferTexts } from './offer.tsx';

/** Offers to look at the cookies of an app's login domain from now on. */
export const CookieOffer = ({ app, why }: { app: TargetApp; why: OfferTexts['why'] }) => (
  <Offer
    access={{ permissions: ['cookies'], origins: [loginDomainOrigin(app)] }}
    texts={{
      label: 'letCookies',
      why,
      granted: 'letCookiesDone',
      declined: 'letCookiesDeclined',
    }}
  />
);
