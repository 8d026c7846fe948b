import type { TargetApp } from '../../../contract/target-app.ts';
import { hasContainers } from '../../browser/permissions.ts';
import type { SnapshotCell } from '../../browser/snapshot-cell.ts';
import { inBackground } from '../../in-background.ts';
import type { getSnapshot } from '../../messages/get-snapshot.ts';
import type { Draft } from '../../messages/launch/draft.ts';
import { EMPTY_DRAFT } from '../../messages/launch/empty-draft.ts';
import type { LaunchStatus, OpenIn } from '../../messages/launch/launch-status.ts';
import { isRecentFailure } from '../../messages/launch/recent-failure.ts';
import type { saveDraft } from '../../messages/launch/save-draft.ts';
import type { Snapshot } from '../../messages/snapshot.ts';
import { speakInDocument } from '../../messages/texts/text.ts';
import { ask } from '../../messages/wire/ask.ts';
import type { ProblemReport } from '../../messages/wire/problem.ts';
import { createCell } from './cell.ts';
import { endedBetween } from './ended-sessions.ts';
import { withinEndTimes } from './time/end-times.ts';

/** The newest snapshot from the worker, or `undefined` while there is none. */
export const snapshot = createCell<Snapshot | undefined>(undefined);

/** Why the worker gave no snapshot. */
export const startProblem = createCell<ProblemReport | undefined>(undefined);

/** What the agent types and chooses in this popup. The worker keeps a copy. */
export const draft = createCell<Draft>(EMPTY_DRAFT);

/** The launch that this popup started or ended. It is shown until it is over and the agent has seen that. */
export const followedLaunch = createCell<string | undefined>(undefined);

/** The settled launch that the agent put away last: a snapshot from before that does not bring it back. */
export const putAwayLaunch = createCell<string | undefined>(undefined);

/** The sessions that ended while this popup was open, and not by it. */
export const endedElsewhere = createCell<readonly LaunchStatus[]>([]);

/** Whether the browser thinks it has a network. */
export const online = createCell(navigator.onLine);

/** An app that is open to the agent. */
export const appOf = (id: string | undefined): TargetApp | undefined =>
  snapshot.value?.profile?.targetApps.find((app) => app.id === id);

/** Tells whether an app's customers sign in where the agent does: their session is in the way there. */
export const sharesOwnDomain = (app: TargetApp | undefined): boolean => {
  const issuer = snapshot.value?.backend.issuer;
  return issuer !== undefined && new URL(issuer).host === app?.loginDomain;
};

/** Where this browser keeps a session apart from the agent's own: a container in Firefox, else a private window. */
export const placeApart = (): OpenIn => (hasContainers() ? 'container' : 'private_window');

/** Where a draft would open: as chosen, as the company sets it, or as its app was opened last. */
export const chosenOpenIn = ({ openIn, targetAppId }: Draft): OpenIn => {
  const usual = sharesOwnDomain(appOf(targetAppId)) ? placeApart() : 'new_tab';
  const last = snapshot.value?.places.find(({ app }) => app === targetAppId);
  return openIn ?? snapshot.value?.managed?.openIn ?? last?.openIn ?? usual;
};

/** The time in milliseconds since the epoch, updated every half minute. Views count down from it. */
export const clock = createCell(Date.now());

/**
 * Tells whether a launch is still starting or still ending. One that was put away here was over by then: a snapshot
 * that has it starting is from before that.
 */
export const isUnderWay = ({ id, standing, ending }: LaunchStatus): boolean =>
  ending !== undefined || (standing === 'launching' && id !== putAwayLaunch.value);

/** The launch to show instead of the search: the one followed here, one under way, or one that failed just now while no popup was open. */
export const shownLaunch = (): LaunchStatus | undefined => {
  const launch = snapshot.value?.launch;
  if (!launch) {
    return undefined;
  }
  const failedNow = isRecentFailure(launch, clock.value) && launch.id !== putAwayLaunch.value;
  return launch.id === followedLaunch.value || isUnderWay(launch) || failedNow ? launch : undefined;
};

/** Changes the draft here and in the worker. */
export const changeDraft = (changed: Partial<Draft>): void => {
  draft.value = { ...draft.value, ...changed };
  // Sent with every change: a popup that loses the focus is destroyed without an unload event.
  inBackground(ask<typeof saveDraft>('save_draft', draft.value), 'keeping the draft');
};

/** Shows what is known from now on, and which sessions are over by that, or by their end times. */
const show = (known: Snapshot): void => {
  const next = withinEndTimes(known, Date.now());
  if (known.launch?.id === followedLaunch.value && !next.launch) {
    followedLaunch.value = undefined;
  }
  const ended = endedBetween(snapshot.value, next).filter(({ id }) => id !== followedLaunch.value);
  if (ended.length > 0) {
    endedElsewhere.value = ended;
  }
  snapshot.value = next;
};

/**
 * Shows the worker's snapshot. Its draft is taken only around a sign-in: otherwise the agent may be typing a newer
 * one.
 */
const accept = (next: Snapshot): void => {
  const wasSignedIn = snapshot.value?.signIn.state === 'signed_in';
  const isSignedIn = next.signIn.state === 'signed_in';
  if (!wasSignedIn || !isSignedIn) {
    draft.value = next.draft;
  }
  // A launch that is seen under way is followed until it is over, whichever popup started it.
  if (next.launch && isUnderWay(next.launch)) {
    followedLaunch.value = next.launch.id;
    endedElsewhere.value = [];
  }
  show(next);
};

let language: string | undefined;
let speaking = Promise.resolve();

/** Shows the worker's snapshot in the language that the company's policy sets. Its texts are loaded only then. */
const take = async (next: Snapshot): Promise<void> => {
  const wanted = next.managed?.language;
  if (wanted !== language) {
    language = wanted;
    speaking = import('../../messages/texts/company-language.ts')
      .then(({ companyTranslation }) => companyTranslation(wanted))
      .then((translation) => speakInDocument('popupTitle', translation));
  }
  await speaking;
  accept(next);
};

/** Shows the worker's answer about a launch at once, in every list, instead of waiting for its next snapshot. */
export const takeAnswer = (launch: LaunchStatus): void => {
  if (!snapshot.value) {
    return;
  }
  const shown = snapshot.value.launch;
  const sessions = snapshot.value.sessions
    .map((session) => (session.id === launch.id ? launch : session))
    .filter(({ standing }) => standing !== 'over');
  snapshot.value = {
    ...snapshot.value,
    sessions,
    ...(shown?.id === launch.id && { launch }),
  };
};

/** Shows a launch, starting with the worker's answer, until it is over. */
export const showLaunch = (launch: LaunchStatus): void => {
  followedLaunch.value = launch.id;
  endedElsewhere.value = [];
  if (snapshot.value) {
    snapshot.value = { ...snapshot.value, launch };
  }
  takeAnswer(launch);
};

/** Takes the snapshot that the worker left in the cell, which needs no worker, and those that follow. */
export const start = async (
  cell: Pick<SnapshotCell<Snapshot>, 'onWritten'>,
  left: Promise<Snapshot | undefined>,
): Promise<void> => {
  cell.onWritten((next) => inBackground(take(next), 'showing what changed'));
  addEventListener('online', () => {
    online.value = true;
  });
  addEventListener('offline', () => {
    online.value = false;
  });
  // A session that is over must not be shown until the clock is updated. Nothing is drawn again where none is.
  setInterval(() => snapshot.value && show(snapshot.value), 1_000);
  setInterval(() => {
    clock.value = Date.now();
    const launch = shownLaunch();
    // The worker may have stopped in the middle of what another popup asked for.
    if (launch && isUnderWay(launch)) {
      inBackground(load(), 'asking how a launch goes');
    }
  }, 30_000);
  const first = await left;
  if (first) {
    await take(first);
  }
  // In a separate task, so that the snapshot in the cell is drawn before the worker is woken.
  setTimeout(() => void load());
};

/** Asks the worker for a new snapshot. The worker then also refreshes what the popup will need next. */
export const load = async (): Promise<void> => {
  const answer = await ask<typeof getSnapshot>('get_snapshot', {});
  startProblem.value = answer.ok ? undefined : answer.problem;
  if (answer.ok) {
    await take(answer.value);
  }
};
