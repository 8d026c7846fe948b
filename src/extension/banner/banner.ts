import { STYLE } from './style.ts';

/** Whom the agent acts as in this tab. Texts are made safe to show by the worker. */
export type BannerSession = {
  readonly customerName: string;
  readonly agentName: string;
  readonly targetAppName: string;
  readonly organizationName?: string;
  readonly reason?: string;
  readonly sessionEndsAt?: string;
  readonly isEnding?: boolean;
  readonly isFolded?: boolean;
};

/** How the session in this tab ended, and how far that was checked. */
export type BannerEnd = {
  readonly customerName: string;
  readonly result: 'signed_out' | 'not_checked' | 'still_signed_in' | 'pending';
};

/** What the worker knows of this tab; nothing when it is nobody's. */
export type BannerContent = {
  readonly session?: BannerSession | undefined;
  readonly ended?: BannerEnd | undefined;
};

/** All that a banner sends, and nothing with it. */
export type BannerRequest =
  | 'banner_session'
  | 'banner_end'
  | 'banner_focus'
  | 'banner_fold'
  | 'banner_unfold';

type Dependencies = {
  readonly text: (key: string, ...substitutions: string[]) => string;
  readonly now: () => number;
  readonly send: (name: BannerRequest) => void;
};

const MINUTE = 60_000;
/** With so little left, the agent is warned here as on the toolbar's badge. */
const LATE = 5 * MINUTE;
/** A screen reader announces changes only in a region that it has already seen: it gets so long to see a new one. */
const ANNOUNCE_AFTER = 500;

const RESULTS: Readonly<Record<BannerEnd['result'], string>> = {
  signed_out: 'bannerSignedOut',
  not_checked: 'bannerNotChecked',
  still_signed_in: 'bannerStillSignedIn',
  pending: 'bannerPending',
};

const element = (tag: string, className: string, ...children: HTMLElement[]): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
};

const write = (into: HTMLElement, text: string): void => {
  if (into.textContent !== text) {
    into.textContent = text;
  }
};

const button = (className: string, onPress: () => void): HTMLElement => {
  const made = element('button', className);
  made.setAttribute('type', 'button');
  made.addEventListener('click', (event) => {
    // A page can dispatch clicks, but cannot make them trusted.
    if (event.isTrusted) {
      onPress();
    }
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
  const style = document.createElement('style');
  style.textContent = STYLE;
  const announced = element('p', 'announced');
  announced.setAttribute('role', 'status');
  const label = element('span', 'label');
  const name = element('bdi', 'name');
  const agent = element('bdi', 'agent');
  const organization = element('bdi', 'organization');
  const reason = element('bdi', 'reason');
  const second = element(
    'div',
    'second',
    ...[agent, organization, reason].map((part) => element('span', 'part', part)),
  );
  const left = element('span', 'left');
  const more = button('more', () => send('banner_focus'));
  const end = button('end', () => {
    write(end, text('bannerEnding'));
    announce(text('bannerEnding'));
    send('banner_end');
  });
  const toggle = button('toggle', () => {
    send(second.hidden ? 'banner_unfold' : 'banner_fold');
    fold(!second.hidden);
  });
  const lines = element('div', 'lines', element('div', 'who', label, name), second);
  const tools = element('div', 'tools', left, more, end, toggle);
  const bar = element('section', 'bar', announced, lines, tools);
  bar.setAttribute('aria-label', 'Understudy');
  host.attachShadow({ mode: 'closed' }).append(style, bar);

  const announce = (words: string): void => {
    setTimeout(() => write(announced, words), ANNOUNCE_AFTER);
  };

  // The button stays the same, so that it keeps the focus.
  const fold = (isFolded: boolean): void => {
    bar.classList.toggle('folded', isFolded);
    for (const part of [second, more, end]) {
      part.hidden = isFolded;
    }
    toggle.title = text(isFolded ? 'bannerExpand' : 'bannerCollapse');
    toggle.setAttribute('aria-label', toggle.title);
  };

  const timeLeft = (milliseconds: number): string => {
    const minutes = Math.max(1, Math.floor(milliseconds / MINUTE));
    if (milliseconds <= 0) {
      return text('timeOver');
    }
    if (minutes < 60) {
      return text('minutesLeft', String(minutes));
    }
    const hours = String(Math.floor(minutes / 60));
    const rest = minutes % 60;
    return rest === 0 ? text('wholeHoursLeft', hours) : text('hoursLeft', hours, String(rest));
  };

  const writeTime = ({ sessionEndsAt }: BannerSession): void => {
    const milliseconds =
      sessionEndsAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(sessionEndsAt) - now();
    write(left, Number.isFinite(milliseconds) ? timeLeft(milliseconds) : '');
    bar.classList.toggle('late', milliseconds <= LATE);
  };

  /** Says a session when it is another one, and the time when little is left; not every minute that passes. */
  let said = '';
  const say = (session: BannerSession): void => {
    const { customerName, targetAppName } = session;
    const who = `${text('bannerActing')} ${customerName}, ${targetAppName}`;
    const toSay = `${who} ${bar.classList.contains('late')}`;
    if (toSay !== said) {
      announce([who, left.textContent].join(', '));
    }
    said = toSay;
  };

  const showSession = (session: BannerSession): void => {
    const isEnding = session.isEnding === true;
    write(label, text('bannerActing'));
    write(name, session.customerName);
    name.title = session.customerName;
    write(agent, text('bannerAgent', session.agentName));
    write(organization, session.organizationName ?? '');
    write(reason, session.reason ?? '');
    reason.title = session.reason ?? '';
    write(more, text('commandOpen'));
    write(end, text(isEnding ? 'bannerEnding' : 'endSession'));
    end.toggleAttribute('disabled', isEnding);
    toggle.hidden = false;
    fold(session.isFolded === true);
    writeTime(session);
    say(session);
  };

  /** Nobody acts here any more: the banner keeps its place, without the colour of acting, and says so. */
  const showEnd = ({ customerName, result }: BannerEnd): void => {
    write(label, text(RESULTS[result]));
    write(name, customerName);
    write(left, '');
    for (const part of [second, more, end, toggle]) {
      part.hidden = true;
    }
    bar.classList.remove('late', 'folded');
    bar.classList.toggle('alarming', result === 'still_signed_in');
    const words = `${text(RESULTS[result])} ${customerName}`;
    if (words !== said) {
      announce(words);
    }
    said = words;
  };

  return {
    /** Shows whom the agent acts as, or how that ended; takes the banner away when it is nobody's tab. */
    show: ({ session, ended }: BannerContent): void => {
      bar.classList.toggle('ended', session === undefined);
      if (session) {
        showSession(session);
      } else if (ended) {
        showEnd(ended);
      } else {
        said = '';
        host.remove();
        return;
      }
      if (!host.isConnected) {
        document.documentElement.append(host);
      }
    },
  };
};
