import '../../../src/sandbox/resolve-localhost.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAllSessions } from '../../integration/launch/clean-slate.ts';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { openSessionBrowser, type SessionBrowser } from '../session/session-browser.ts';
import { snapshotOf } from '../session/worker-answers.ts';
import { grantsOf, PERMISSIONS } from './permissions.ts';

const endpoints = workerEndpoints();
const { customer } = endpoints.accounts;

describe(`with ${PERMISSIONS} permissions`, () => {
  let first: SessionBrowser;
  let second: SessionBrowser;
  beforeAll(async () => {
    await endAllSessions(endpoints);
    first = await openSessionBrowser(endpoints, grantsOf(endpoints));
    const opened = first.nextTab();
    await first.launch(customer.name, 'Desk');
    await (await opened).getByTestId('user').filter({ hasText: customer.name }).waitFor();
    await first.popup.getByText(/Auth0 confirmed|Confirmed by Auth0/).waitFor();
    second = await openSessionBrowser(endpoints, grantsOf(endpoints));
  });
  afterAll(async () => {
    await first.close();
    await second.close();
  });

  it(`with ${PERMISSIONS} permissions, a session of another browser looks like one: where, since when, in which organization and why`, async () => {
    const { popup } = second;
    await popup.bringToFront();
    const session = popup.getByRole('listitem').filter({ hasText: customer.name });
    await session.getByText('In another browser or profile').waitFor();
    await session.getByText(/^since /i).waitFor();
    await session.getByText('Cannot see the invoice').waitFor();
    const here = (await snapshotOf(first.popup)).sessions[0]?.organizationName;
    expect(here).toBeDefined();
    await session.getByText(here ?? '').waitFor();
    for (const name of ['It worked', 'Go to tab', 'Open again']) {
      expect(await session.getByRole('button', { name }).count()).toBe(0);
    }
    expect(await session.getByText('A tab was opened').count()).toBe(0);
  });

  it(`with ${PERMISSIONS} permissions, a second session of the same app has a colour of its own`, async () => {
    const opened = second.nextTab();
    await second.launch('Sofia', 'Desk');
    await (await opened).getByTestId('user').filter({ hasText: 'Sofia' }).waitFor();
    const { sessions } = await snapshotOf(second.popup);
    expect(sessions).toHaveLength(2);
    expect(new Set(sessions.map(({ color }) => color)).size).toBe(2);
  });

  it(`with ${PERMISSIONS} permissions, a session of another browser is ended there too when it is ended here`, async () => {
    const { popup } = second;
    await second.backToSearch();
    const session = popup
      .getByRole('listitem')
      .filter({ hasText: 'In another browser or profile' });
    await session.getByRole('button', { name: 'End session' }).click();
    await popup.getByText('Session ended').waitFor();
    await (await first.worker()).evaluate(() =>
      (chrome.alarms.onAlarm as unknown as { dispatch: (alarm: object) => void }).dispatch({
        name: 'minute',
      }),
    );
    await expect.poll(async () => (await snapshotOf(first.popup)).launch?.state).toBe('ended');
  });
});
