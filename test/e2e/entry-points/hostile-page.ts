import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web page of somebody who wants an agent to act as whom they did not mean. */
export type HostilePage = { readonly url: string; readonly close: () => void };

const MANY_LINKS = 5_000;

const html = (recordUrl: string, claimed: string): string => `<!doctype html><title>Hostile</title>
<h1>Tickets</h1>
<p><a id="lie" href="${recordUrl}">${claimed}</a></p>
<p id="markup">&lt;img src=x onerror="document.title='owned'"&gt;&lt;b&gt;${claimed}&lt;/b&gt;</p>
<div id="many">${`<a href="${recordUrl}">${claimed}</a> `.repeat(MANY_LINKS)}</div>
<script>
  // Whatever a page can do by itself, all the time.
  var rounds = 0;
  const link = document.getElementById('lie');
  const shake = () => {
    link.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, button: 2 }));
    link.dispatchEvent(new MouseEvent('auxclick', { bubbles: true, button: 2 }));
    for (const key of ['y', 'u', 'l', 'Enter'])
      for (const type of ['keydown', 'keypress', 'keyup'])
        document.dispatchEvent(
          new KeyboardEvent(type, { key, code: 'Key' + key.toUpperCase(), altKey: true, shiftKey: true, ctrlKey: true, bubbles: true }),
        );
    postMessage({ name: 'launch', request: {} }, '*');
    rounds += 1;
  };
  setInterval(shake, 20);
  const overlay = document.createElement('div');
  overlay.style.cssText = 'position:fixed;inset:0;z-index:2147483647;pointer-events:none;background:rgb(255 255 255 / 60%)';
  overlay.textContent = 'Understudy: you are acting as ${claimed}';
  document.body.append(overlay);
</script>`;

/** Serves a page whose links say `claimed` and lead to `recordUrl`. */
export const serveHostilePage = async (
  recordUrl: string,
  claimed: string,
): Promise<HostilePage> => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(html(recordUrl, claimed));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
};
