/** A line under the address bar. `content` is what stands in the bar when it is chosen. */
export type Suggestion = { readonly content: string; readonly description: string };

/** The address bar after our keyword. */
export type Omnibox = {
  readonly setHint: (text: string) => void;
  /** Calls back with what was typed so far; `suggest` takes plain texts. */
  readonly onTyped: (
    listener: (text: string, suggest: (suggestions: readonly Suggestion[]) => void) => void,
  ) => void;
  readonly onEntered: (listener: (text: string) => void) => void;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Puts a plain text into the XML that Chromium takes. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

// Firefox shows descriptions as they are; Chromium parses them as XML, and takes none that is broken.
const describe = (text: string): string =>
  chrome.runtime.getURL('').startsWith('moz-extension://') ? text : escapeXml(text);

/** {@link Omnibox} of the running browser. */
export const browserOmnibox: Omnibox = {
  setHint: (text) => void chrome.omnibox.setDefaultSuggestion({ description: describe(text) }),
  onTyped: (listener) =>
    chrome.omnibox.onInputChanged.addListener((text, suggest) =>
      listener(text, (suggestions) =>
        suggest(
          suggestions.map(({ content, description }) => ({
            content,
            description: describe(description),
          })),
        ),
      ),
    ),
  onEntered: (listener) => chrome.omnibox.onInputEntered.addListener((text) => listener(text)),
};
