import type { ComponentChildren } from 'preact';
import type { SetUpOffer } from '../state/set-up-offers.ts';

/** A small browser window, in which each picture draws what its access shows. */
const Frame = ({ children }: { children: ComponentChildren }) => (
  <svg class="picture" viewBox="0 0 72 48" width="72" height="48" fill="none" aria-hidden="true">
    <rect class="picture-page" x=".75" y=".75" width="70.5" height="46.5" rx="4" />
    <path class="picture-line" d="M1 9.5h70" />
    <circle class="picture-dot" cx="5.5" cy="5.25" r="1.25" />
    <circle class="picture-dot" cx="9.5" cy="5.25" r="1.25" />
    {children}
  </svg>
);

/** The app with the banner on top: a name and the time left. */
const BannerPicture = () => (
  <Frame>
    <path class="picture-act" d="M1 10h70v9H1z" />
    <circle class="picture-on-act" cx="7" cy="14.5" r="2" />
    <path class="picture-on-act-line" d="M12 14.5h20M54 14.5h12" />
    <path class="picture-text" d="M8 27h30M8 33h44M8 39h24" />
  </Frame>
);

/** A sign-in page that nobody is signed in on any more. */
const CookiePicture = () => (
  <Frame>
    <path class="picture-text" d="M10 19h22M10 27h22M10 35h14" />
    <circle class="picture-ring" cx="53" cy="28" r="10" />
    <path class="picture-mark" d="m48.5 28.5 3 3 6-6.5" />
  </Frame>
);

/** A list of visited pages with one struck out. */
const HistoryPicture = () => (
  <Frame>
    <path class="picture-text" d="M16 18h40M16 38h30" />
    <path class="picture-text faint" d="M16 28h44" />
    <path class="picture-mark" d="M12 28h52" />
    <circle class="picture-dot" cx="9" cy="18" r="1.5" />
    <circle class="picture-dot" cx="9" cy="38" r="1.5" />
  </Frame>
);

const PICTURES = { sites: BannerPicture, cookies: CookiePicture, history: HistoryPicture };

/** What an access buys, drawn. The text beside it says the same. */
export const Picture = ({ of }: { of: SetUpOffer['id'] }) => {
  const Drawn = PICTURES[of];
  return <Drawn />;
};
