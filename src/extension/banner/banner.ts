import { STYLE } from './style.ts';

/** Whom the agent acts as in this tab. Texts are made safe to show by the worker. */
export type BannerSession = {
  readonly customerName: string;
  readonly agentName: string;
  readonly targetAppName: string;
  readonly organizationName?: string;
  readonly reason?: string;
  readonly sessionEndsAt?: string;
};

type Dependencies = {
  readonly text: (key: string, ...substitutions: string[]) => string;
  readonly now: () => number;
  readonly send: (name: 'banner_end' | 'banner_focus') => void;
};

const MINUTE = 60_000;

const element = (tag: string, className: string, text = ''): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

const button = (className: string, text: string, onPress: () => void): HTMLElement => {
  const made = element('button', className, text);
  made.setAttribute('type', 'button');
  made.addEventListener('click', (event) => {
    // A page can dispatch clicks, but cannot make them trusted.
    if (event.isTrusted) onPress();
  });
  return made;
};

/**
 * Draws the banner over the page, in a closed shadow root that the page's CSS does not reach, and moves
 * nothing of the page. A page can remove it: the toolbar's badge is the authority.
 */
export const drawBanner = ({ text, now, send }: Dependencies) => {
  const host = document.createElement('understudy-banner');
  host.style.cssText = 'all: initial !important';
  const root = host.attachShadow({ mode: 'closed' });
  const style = document.createElement('style');
  style.textContent = STYLE;
  const bar = element('div', 'bar');
  bar.setAttribute('role', 'status');
  root.append(style, bar);
  let collapsed = false;
  let shown: BannerSession | undefined;
  let ending = false;

  const minutesLeft = ({ sessionEndsAt }: BannerSession): string => {
    if (sessionEndsAt === undefined) return '';
    const minutes = Math.max(0, Math.ceil((Date.parse(sessionEndsAt) - now()) / MINUTE));
    bar.classList.toggle('late', minutes <= 5);
    return text('minutesLeft', String(minutes));
  };

  const draw = (session: BannerSession): void => {
    const who = element('div', 'who');
    who.append(
      element('span', 'label', text('bannerActing')),
      element('bdi', 'name', session.customerName),
    );
    const toggle = button('toggle', collapsed ? '+' : '−', () => {
      collapsed = !collapsed;
      draw(session);
    });
    toggle.setAttribute('aria-label', text(collapsed ? 'bannerExpand' : 'bannerCollapse'));
    toggle.setAttribute('aria-expanded', String(!collapsed));
    const left = element('span', 'left', minutesLeft(session));
    const about = [session.organizationName, session.reason].filter(Boolean).join(' · ');
    const second = element('div', 'second');
    second.append(
      element('span', 'agent', text('bannerAgent', session.agentName)),
      element('bdi', 'about', about),
    );
    const lines = element('div', 'lines');
    lines.append(who, ...(collapsed ? [] : [second]));
    const end = button('end', text(ending ? 'bannerEnding' : 'endSession'), () => {
      ending = true;
      send('banner_end');
      draw(session);
    });
    const more = button('more', 'Understudy', () => send('banner_focus'));
    bar.replaceChildren(lines, left, ...(collapsed ? [] : [more, end]), toggle);
  };

  return {
    /** Shows whom the agent acts as, or takes the banner away when it is nobody. */
    show: (session: BannerSession | undefined): void => {
      if (session === undefined) host.remove();
      else {
        // Drawn again only when something changed: a screen reader announces each time.
        const isSame = JSON.stringify(session) === JSON.stringify(shown);
        const time = bar.querySelector('.left');
        if (isSame && time) time.textContent = minutesLeft(session);
        else draw(session);
        if (!host.isConnected) document.documentElement.append(host);
      }
      ending = false;
      shown = session;
    },
  };
};
