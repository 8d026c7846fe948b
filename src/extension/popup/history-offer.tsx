import { useEffect, useState } from 'preact/hooks';
import { hasHistoryAccess, requestHistoryAccess } from '../browser/permissions.ts';
import type { LaunchStatus } from '../messages/launch-status.ts';
import { Offer } from './offer.tsx';

/** Says that the spent token's address stays in the history, where it does, and offers to remove it from now on. */
export const HistoryOffer = ({ launch }: { launch: LaunchStatus }) => {
  const [isRemoved, setRemoved] = useState(true);
  useEffect(() => {
    void hasHistoryAccess().then(setRemoved);
  }, []);
  // A private window leaves no history.
  if (isRemoved || launch.openIn === 'private_window') return null;
  return (
    <Offer
      texts={{
        label: 'removeToken',
        why: 'tokenStays',
        granted: 'tokenRemoved',
        declined: 'tokenStaysDeclined',
      }}
      ask={requestHistoryAccess}
    />
  );
};
