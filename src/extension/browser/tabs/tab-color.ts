/** The colours that Chromium's tab groups and Firefox's containers have in common, by Chromium's names. */
export type TabColor = 'blue' | 'green' | 'purple' | 'pink' | 'cyan';
