/** Who makes an address answers at once, or is gone: nobody waits at a blank tab for longer. */
const PATIENCE_MILLISECONDS = 5_000;

const askFor = (channel: BroadcastChannel): Promise<string | undefined> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(undefined), PATIENCE_MILLISECONDS);
    channel.addEventListener('message', ({ data }) =>
      resolve(typeof data === 'string' ? data : undefined),
    );
    channel.postMessage('destination');
  });

/**
 * Answers a request for a one-time address with a redirect to where it leads, or with a network error where
 * nobody says. Whoever made the address says it over a channel that has the address for its name, so that
 * only who was given the address can listen. Nothing of it is kept.
 */
export const leadOn = async (address: string): Promise<Response> => {
  const channel = new BroadcastChannel(address);
  try {
    const destination = await askFor(channel);
    return destination === undefined ? Response.error() : Response.redirect(destination, 302);
  } finally {
    channel.close();
  }
};
