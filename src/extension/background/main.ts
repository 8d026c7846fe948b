import '../messages/wire/zod-jitless.ts';
import { onFreshStart, onMessage } from '../browser/runtime.ts';
import { BUILD, createSnapshotCell } from '../browser/snapshot-cell.ts';
import { inBackground } from '../in-background.ts';
import type { Snapshot } from '../messages/snapshot.ts';
import { createReportQueue } from './backend/report-queue.ts';
import { browserParts } from './browser-parts.ts';
import { composeCustomers } from './customers/compose-customers.ts';
import { composeEntryPoints } from './entry-points/compose-entry-points.ts';
import { composeLaunches } from './launch/compose-launches.ts';
import { createTabOpening } from './launch/opening/tab-opening.ts';
import { createApplyBackendNews } from './launch/watching/apply-backend-news.ts';
import { createBackendPolling } from './launch/watching/poll-backend.ts';
import { createLaunches } from './launch-state/launches.ts';
import { composeSessions } from './session/compose-sessions.ts';
import { composeSignIn } from './sign-in/compose-sign-in.ts';
import { coalesced } from './storage/coalesced.ts';
import { createDebounce } from './storage/debounce.ts';
import { composeUseCases } from './use-cases/compose-use-cases.ts';
import { createRouter } from './views/router.ts';
import { createRoutes } from './views/routes.ts';
import { createSnapshotPublisher } from './views/snapshot-publisher.ts';
import { createSnapshotSource } from './views/snapshot-source.ts';

// Composes the worker. Listeners are registered before anything is awaited: the browser wakes a
// worker for an event only if its listener was there in the first turn.

const opening = createTabOpening(browserParts);
const debounce = createDebounce(browserParts.delay, opening);
const { changed, publish, erase } = createSnapshotPublisher({
  collect: () => collectSnapshot(),
  cell: createSnapshotCell<Snapshot>(BUILD),
  debounce,
});
const onChange = { changed, onChange: changed, eraseSnapshot: erase };
const signIn = composeSignIn({
  ...browserParts,
  ...onChange,
  policyChanged: () => useCases.applyPolicy(),
});
const customers = composeCustomers({ ...browserParts, ...signIn });
const base = { ...browserParts, ...onChange, ...signIn, ...customers, customers };

const refresh = coalesced({
  debounce,
  task: () => useCases.refresh(),
  what: 'bringing badges and banners in line with the sessions',
});
/** Brings views, badges, banners and the alarm in line with what sessions there are, or may be. */
const update = (): void => {
  changed();
  refresh();
};
/** The same at once, also while a customer's tab is opening: a session that ends must not look open. */
const sessionsChanged = (): void => {
  opening.interrupt();
  update();
};
const launches = createLaunches({ ...base, onChange: update, onEnding: sessionsChanged });
const reports = createReportQueue({ ...base, onAnswer: (launch) => applyBackendNews(launch) });
const { report } = reports;
const sessions = composeSessions({
  ...base,
  onChange: sessionsChanged,
  launches,
  report,
  askBackend: (id) => polling.ask(id),
});
const applyBackendNews = createApplyBackendNews(launches, sessions.endSession);
const polling = createBackendPolling({ ...base, launches, applyBackendNews });
const launchParts = composeLaunches({
  ...base,
  launches,
  sessions,
  polling,
  report,
  opening,
  afterOpen: (...opened) => useCases.afterOpen(...opened),
});
const entryPoints = composeEntryPoints({
  ...base,
  launches,
  endSession: (launchId) => sessions.endSession(launchId, 'agent'),
});
const rooms = { launches, launchParts, sessions, entryPoints };
const useCases = composeUseCases({ ...base, ...rooms, polling, applyBackendNews, reports });
const collectSnapshot = createSnapshotSource({
  ...base,
  ...useCases,
  ...entryPoints,
  launches,
  leftovers: sessions.leftovers,
});

const ready = useCases.recover();
const routes = createRoutes({ ...base, ...rooms, ...useCases, snapshot: publish }, ready);
onMessage(createRouter(routes, browserParts.own));
onMessage(sessions.banner.listener);
launchParts.historyCleaning.listen();
entryPoints.listen();
useCases.listenToTabs(ready);
onFreshStart(() => inBackground(entryPoints.menus.rebuild(), 'making the menus anew'));
inBackground(ready.then(useCases.resume), 'going on where a worker that stopped was');
