import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { workerEndpoints } from '../../worker-endpoints.ts';
import { type AgentBrowser, openAgentBrowser, openSignedIn } from '../agent-browser.ts';
import { backToSearch } from '../back-to-search.ts';
import { nextTab } from '../next-tab.ts';

const endpoints = workerEndpoints();
const { accounts } = endpoints;

const serve = async (listener: RequestListener) => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
};

describe('the backend’s address', () => {
  let browser: AgentBrowser;
  beforeAll(async () => {
    browser = await openAgentBrowser(endpoints);
  });
  afterAll(() => browser.close());

  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) {
      close();
    }
  });

  const answering = async (status: number, type: string, body: string): Promise<string> => {
    const { origin, close } = await serve((_request, response) => {
      response
        .writeHead(status, { 'content-type': type, 'access-control-allow-origin': '*' })
        .end(body);
    });
    closing.push(close);
    return origin;
  };

  const keptLocally = (): Promise<string> => browser.storage(['local', 'sync']);

  it('a backend’s address with another backend’s audience is refused', async () => {
    const discovery = {
      issuer: `${endpoints.tenant.agents}/`,
      clientId: endpoints.clients.extension.clientId,
      audience: endpoints.backend,
      scope: 'openid',
      version: '1',
    };
    const origin = await answering(200, 'application/json', JSON.stringify(discovery));
    expect(await browser.saveBackend(origin)).toMatch(
      /access meant for another one.*was not saved/,
    );
    expect(await keptLocally()).not.toContain(origin);
  });

  it.each([
    ['that answers HTML', () => answering(200, 'text/html', '<h1>Welcome to nginx</h1>')],
    ['that answers 500', () => answering(500, 'application/json', '{}')],
    ['where nobody listens', async () => 'http://127.0.0.1:9'],
    ['that is on http elsewhere', async () => 'http://understudy.example.com'],
    ['that is no address', async () => 'understudy'],
  ])(
    'the backend’s address %s is refused with a sentence, and not kept',
    async (_name, prepare) => {
      const typed = await prepare();
      const said = await browser.saveBackend(typed);
      expect(said).not.toMatch(/^Saved/);
      expect(said.length).toBeGreaterThan(20);
      expect(await keptLocally()).not.toContain(URL.parse(typed)?.host ?? typed);
    },
  );
});

describe('an agent', () => {
  let browser: AgentBrowser;
  let popup: Page;
  beforeAll(async () => {
    ({ browser, popup } = await openSignedIn(endpoints, accounts.agent));
  });
  afterAll(() => browser.close());

  const find = async (term: string): Promise<void> => {
    const search = popup.getByRole('combobox', { name: 'Find a customer' });
    await search.fill(term);
    await search.press('Home');
  };

  it('an agent is told why a protected customer cannot be acted for', async () => {
    await find('Greta Halvorsen');
    await popup.getByRole('option', { name: 'Greta Halvorsen' }).click();
    await popup
      .getByText(/protected/i)
      .first()
      .waitFor();
    expect(await popup.getByRole('button', { name: 'Act as customer' }).count()).toBe(0);
    await backToSearch(popup);
  });

  it('an agent is told what was searched when nobody is found', async () => {
    await find('nobody of this name');
    await popup.getByText('No customer matches').waitFor();
    await popup.getByText(/Searched name, .*user id/i).waitFor();
  });

  it('an agent sees names as text, whatever they hold', async () => {
    await find('onerror');
    const option = popup.getByRole('option').first();
    await option.waitFor();
    expect(await option.textContent()).toContain('<img');
    expect(await popup.locator('[role=listbox] img').count()).toBe(0);
  });

  it('an agent is not shown an organization that is not the customer’s', async () => {
    await find('nora lind');
    await popup.getByRole('option', { name: accounts.customer.name }).click();
    await popup.getByRole('radio', { name: 'Desk' }).check();
    const organizations = popup.getByRole('radiogroup', { name: 'Organization' });
    await organizations.waitFor();
    expect(await organizations.getByRole('radio').count()).toBe(
      accounts.customer.organizations.length,
    );
    await backToSearch(popup);
  });

  it('an agent cannot launch without the reason that the company asks for', async () => {
    await find('nora lind');
    await popup.getByRole('option', { name: accounts.customer.name }).click();
    await popup.getByRole('radio', { name: 'Shop' }).check();
    const tabs = browser.context.pages().length;
    await popup.getByRole('button', { name: 'Act as customer' }).click();
    await popup
      .getByText(/at least 5/i)
      .first()
      .waitFor();
    expect(browser.context.pages()).toHaveLength(tabs);
    await backToSearch(popup);
  });

  it('an agent finds what was typed again after the popup lost the focus', async () => {
    await find('nora lind');
    await popup.getByRole('option', { name: accounts.customer.name }).click();
    await popup.getByRole('radio', { name: 'Shop' }).check();
    await popup.getByLabel('Reason').fill('Half a sentence');
    await expect.poll(() => browser.storage()).toContain('Half a sentence');
    await popup.close();
    popup = await browser.openView('popup');
    await expect.poll(() => popup.getByLabel('Reason').inputValue()).toBe('Half a sentence');
    await backToSearch(popup);
  });

  it('an agent cannot be made to launch by a web page', async () => {
    const page = await browser.context.newPage();
    await page.goto(`${endpoints.crm}/customers`);
    const reached = await page.evaluate(async (id) => {
      const runtime = (globalThis as { chrome?: { runtime?: { sendMessage?: unknown } } }).chrome
        ?.runtime;
      const framed = document.createElement('iframe');
      framed.src = `chrome-extension://${id}/src/extension/popup/index.html`;
      document.body.append(framed);
      const fetched = await fetch(framed.src).then(
        () => true,
        () => false,
      );
      return { canSend: runtime?.sendMessage !== undefined, fetched };
    }, endpoints.extension.id);
    expect(reached).toEqual({ canSend: false, fetched: false });
    await page.close();
  });

  it('an agent gets a message of a view that does not fit refused, without harm', async () => {
    const answer = await popup.evaluate(
      (id) => chrome.runtime.sendMessage({ name: 'launch', request: { id, customerId: 7 } }),
      randomUUID(),
    );
    expect(JSON.stringify(answer ?? null)).not.toContain('"ok":true');
  });
});

it('a trainee may sign in, and is told that their role allows nothing', async () => {
  const { browser, popup } = await openSignedIn(endpoints, accounts.trainee);
  await popup.getByRole('combobox', { name: 'Find a customer' }).fill('nora');
  await popup.getByText(/role/i).first().waitFor();
  expect(await popup.getByRole('option').count()).toBe(0);
  await browser.close();
});

it('closing the sign-in window is no error', async () => {
  const browser = await openAgentBrowser(endpoints);
  await browser.saveBackend(endpoints.backend);
  const popup = await browser.openView('popup');
  const opened = nextTab(browser.context);
  await popup.getByRole('button', { name: 'Sign in' }).click();
  await (await opened).close();
  await popup.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await popup.getByRole('alert').count()).toBe(0);
  await browser.close();
});
