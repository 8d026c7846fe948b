import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks a person at a terminal. */
export type Prompt = {
  /** Gives the answer without the spaces around it; `fallback` when nothing was typed. */
  readonly ask: (question: string, fallback?: string) => Promise<string>;
  /** The same without showing what is typed. */
  readonly askHidden: (question: string) => Promise<string>;
  readonly close: () => void;
};

/** There is nobody to ask: standard input is no terminal. */
export class NobodyToAskError extends Error {
  override readonly name = 'NobodyToAskError';
}

/** Makes a prompt on standard input and output. */
export const createPrompt = (): Prompt => {
  let isHidden = false;
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!isHidden) {
        process.stdout.write(chunk);
      }
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  const question = (text: string): Promise<string> => {
    if (!process.stdin.isTTY) {
      throw new NobodyToAskError(
        `This is not a terminal, so nobody can be asked "${text.trim()}"; --help says how to answer in advance.`,
      );
    }
    return lines.question(text);
  };
  return {
    ask: async (text, fallback) => {
      const answer = await question(
        fallback === undefined ? `${text}: ` : `${text} [${fallback}]: `,
      );
      return answer.trim() || (fallback ?? '');
    },
    askHidden: async (text) => {
      const pending = question(`${text}: `);
      isHidden = true;
      try {
        return (await pending).trim();
      } finally {
        isHidden = false;
        process.stdout.write('\n');
      }
    },
    close: () => lines.close(),
  };
};
