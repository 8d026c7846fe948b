/** Wakes the worker once a minute: nothing else does so while the agent works in the app. */
export type MinuteAlarm = {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly onMinute: (listener: () => void) => void;
};

const NAME = 'minute';

/** {@link MinuteAlarm} of the running browser. */
export const browserMinuteAlarm: MinuteAlarm = {
  start: async () => {
    if (!(await chrome.alarms.get(NAME))) {
      await chrome.alarms.create(NAME, { periodInMinutes: 1 });
    }
  },
  stop: async () => {
    await chrome.alarms.clear(NAME);
  },
  onMinute: (listener) => chrome.alarms.onAlarm.addListener(() => listener()),
};
