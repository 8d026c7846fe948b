import type { Page } from 'playwright';
import type { Desk } from './desk.ts';

/** X keycodes: without the native code the browser takes the press for the page's. */
const NATIVE_CODES = { U: 30, Y: 29, L: 46, E: 26 } as const;
/** Alt and Shift, as the DevTools protocol counts modifiers. */
const ALT_SHIFT = 9;

/** Presses a shortcut of the extension as the browser's own input does; works without a display. */
export const pressShortcut = async (
  desk: Desk,
  page: Page,
  letter: keyof typeof NATIVE_CODES,
): Promise<void> => {
  await page.bringToFront();
  const session = await desk.context.newCDPSession(page);
  const key = {
    modifiers: ALT_SHIFT,
    windowsVirtualKeyCode: letter.charCodeAt(0),
    nativeVirtualKeyCode: NATIVE_CODES[letter],
    code: `Key${letter}`,
    key: letter,
  };
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  await session.detach();
};
