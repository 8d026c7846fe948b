import type { ComponentChildren } from 'preact';

const Icon = ({ children }: { children: ComponentChildren }) => (
  <svg
    class="icon"
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
);

/** A magnifying glass: search. */
export const SearchIcon = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.25" />
    <path d="m10.25 10.25 3.25 3.25" />
  </Icon>
);

/** A clock: how long something lasts. */
export const ClockIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5.75" />
    <path d="M8 4.75V8l2.25 1.5" />
  </Icon>
);

/** Sliders: options. */
export const OptionsIcon = () => (
  <Icon>
    <path d="M2 4.5h6m4 0h2M2 11.5h2m4 0h6" />
    <circle cx="10" cy="4.5" r="1.75" />
    <circle cx="6" cy="11.5" r="1.75" />
  </Icon>
);

/** A door with an arrow: sign out. */
export const SignOutIcon = () => (
  <Icon>
    <path d="M6.5 2.5h-3a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3M10.5 5l3 3-3 3M13 8H6.5" />
  </Icon>
);

/** An arrow to the left: one step back. */
export const BackIcon = () => (
  <Icon>
    <path d="M9.5 3.5 5 8l4.5 4.5" />
  </Icon>
);

/** A cross: clear. */
export const ClearIcon = () => (
  <Icon>
    <path d="m4.5 4.5 7 7m0-7-7 7" />
  </Icon>
);

/** A drawing pin, filled when it holds something. */
export const PinIcon = ({ filled }: { filled: boolean }) => (
  <Icon>
    <path fill={filled ? 'currentColor' : 'none'} d="M6 2.5h4l-.5 4 2 2v1h-7v-1l2-2zM8 9.5v4" />
  </Icon>
);

/** A padlock: protected. */
export const LockIcon = () => (
  <Icon>
    <rect x="3.25" y="7" width="9.5" height="6.5" rx="1.25" />
    <path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2" />
  </Icon>
);

/** A triangle with a mark: something is wrong. */
export const WarningIcon = () => (
  <Icon>
    <path d="M8 2.5 14 13H2L8 2.5zM8 6.5v3M8 11.4v.1" />
  </Icon>
);

/** A mark in a circle: worth knowing. */
export const InfoIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5.75" />
    <path d="M8 7.5v3.25M8 5.2v.1" />
  </Icon>
);

/** A tick: done. */
export const DoneIcon = () => (
  <Icon>
    <path d="m3.5 8.5 3 3 6-7" />
  </Icon>
);

/** A half-filled mask, the product's sign. */
export const MaskIcon = () => (
  <svg class="mask" viewBox="26 26 76 84" width="20" height="22" aria-hidden="true">
    <path
      fill="currentColor"
      d="M64 29C48 29 37 33 28 36v26c0 24 15 38 36 44zM57 58c-5 6-16 6-20-1 4-7 15-7 20 1zm7 28c-8 0-15-2-18-6 4 4.500 11 6 18 6z"
    />
    <path
      fill="currentColor"
      fill-opacity=".45"
      d="M64 29c16 0 27 4 36 7v26c0 24-15 38-36 44zm7 29c5 6 16 6 20-1-4-7-15-7-20 1zM64 86c8 0 15-2 18-6-4 4.500-11 6-18 6z"
    />
  </svg>
);
