import type { Access } from '../../browser/permissions.ts';
import type { LaunchStatus } from '../../messages/launch-status.ts';
import { Offer, type OfferTexts } from './offer.tsx';

const HISTORY: Access = { permissions: ['history'] };
const TEXTS: OfferTexts = {
  label: 'removeToken',
  why: 'tokenStays',
  granted: 'tokenRemoved',
  declined: 'tokenStaysDeclined',
};

/** Says that the spent token's address stays in the history, where it does, and offers to remove it from now on. */
export const HistoryOffer = ({ launch }: { launch: LaunchStatus }) =>
  // A private window leaves no history, and another browser's is not this one's.
  launch.openIn === undefined || launch.openIn === 'private_window' ? null : (
    <Offer access={HISTORY} texts={TEXTS} />
  );
