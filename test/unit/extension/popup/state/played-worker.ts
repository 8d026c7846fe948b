import { vi } from 'vitest';

type Message = { readonly name: string; readonly request: Readonly<Record<string, unknown>> };

/** What the worker answers, by the name of the message. Whatever happens in the meantime, the reply does it. */
type Replies = Readonly<Record<string, (request: Message['request']) => unknown>>;

/** A message that went well. */
export const ok = (value: unknown = {}) => ({ ok: true, value });

/** Plays the worker that the popup asks, and gives what it was asked. A message without a reply stays unanswered. */
export const playWorker = (replies: Replies): readonly Message[] => {
  const asked: Message[] = [];
  const sendMessage = async (message: Message): Promise<unknown> => {
    asked.push(message);
    const reply = replies[message.name];
    return reply ? reply(message.request) : new Promise(() => undefined);
  };
  vi.stubGlobal('chrome', { runtime: { sendMessage } });
  return asked;
};
