import type { LaunchStatus } from '../../../messages/launch/launch-status.ts';
import { message, type TextKey } from '../../../messages/texts/text.ts';
import { DoneIcon, InfoIcon, WarningIcon } from '../icons.tsx';

type Certainty = 'sure' | 'looking' | 'unsure';

const textOf = ({ state, landing, landedBy }: LaunchStatus): TextKey => {
  if (state === 'confirmed') {
    return landing === 'seen' ? 'confirmedSeen' : 'confirmed';
  }
  if (landedBy === 'agent') {
    return 'saidLanded';
  }
  if (state === 'unconfirmed') {
    return 'unconfirmedSeen';
  }
  if (state === 'landed') {
    return 'landed';
  }
  if (landing === 'hidden') {
    return 'openedHidden';
  }
  return landing === 'watched' ? 'openedWatching' : 'openedUnverified';
};

/** How sure it is that the tab shows the customer. Only the tenant's log makes it sure. */
const certaintyOf = ({ state, landedBy }: LaunchStatus): Certainty => {
  if (state === 'confirmed') {
    return 'sure';
  }
  return state === 'unconfirmed' || landedBy === 'agent' ? 'unsure' : 'looking';
};

const MARKS = { sure: DoneIcon, looking: InfoIcon, unsure: WarningIcon };

/** Says how far it is known who the tab shows. */
export const CertaintyLine = ({ launch }: { launch: LaunchStatus }) => {
  const certainty = certaintyOf(launch);
  const Mark = MARKS[certainty];
  return (
    <p class={`certainty ${certainty}`} role="status">
      <Mark />
      <span>{message(textOf(launch))}</span>
    </p>
  );
};
