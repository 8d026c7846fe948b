import { userInfo } from 'node:os';

const accountName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // In a container an account may have a number only.
    return `uid ${process.getuid?.() ?? ''}`;
  }
};

/** Who runs a command, as far as the operating system says, and that a command did it: for the row that it leaves. */
export const operatorOfCommand = () => ({ operator: accountName(), requestId: 'command' }) as const;
