import { originOfDomain } from '../description/answers.ts';
import type { Prompt } from './prompt.ts';

type Question = {
  readonly field: string;
  readonly text: string;
  readonly read: (text: string) => unknown;
  /** An empty answer leaves the field out. */
  readonly isOptional?: true;
};

const list = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const QUESTIONS: readonly Question[] = [
  { field: 'domain', text: 'Tenant domain (example.eu.auth0.com)', read: (text) => text },
  { field: 'agentsOrigin', text: 'Domain where agents sign in', read: originOfDomain },
  { field: 'customersOrigin', text: 'Domain where customers sign in', read: originOfDomain },
  { field: 'agentConnections', text: 'Connections of agents, separated by commas', read: list },
  {
    field: 'customerConnections',
    text: 'Connections of customers, separated by commas',
    read: list,
  },
  {
    field: 'backendOrigin',
    text: 'Address of the backend (https://understudy.example.com)',
    read: (text) => text.replace(/\/$/, ''),
  },
  {
    field: 'targets',
    text: 'Client ids of the apps to act in, separated by commas',
    read: (text) => list(text).map((clientId) => ({ clientId })),
  },
  {
    field: 'protectedRoles',
    text: 'Roles whose holders nobody acts for, separated by commas',
    read: list,
  },
  {
    field: 'organizations',
    text: 'Ids of organizations whose members are acted for, separated by commas (empty for none)',
    read: list,
  },
  {
    field: 'firstAgent',
    text: 'user_id of the first agent (empty for none)',
    read: (text) => text,
    isOptional: true,
  },
  {
    field: 'managementAuthentication',
    text: 'Does the plan have Private Key JWT (Enterprise)? Then the backend has a key instead of a secret (yes/no)',
    read: (text) => (/^y(es)?$/i.test(text) ? 'private_key_jwt' : 'client_secret'),
    isOptional: true,
  },
];

/** What needs no question, for it can be given as a flag. */
const QUIET = new Set(['organizations', 'firstAgent', 'managementAuthentication']);

/**
 * Asks for everything that is not known yet. With `onlyRequired`, what may be left empty is left empty
 * without a question.
 */
export const askAnswers = async (
  known: Readonly<Record<string, unknown>>,
  prompt: Pick<Prompt, 'ask'>,
  onlyRequired: boolean,
): Promise<Readonly<Record<string, unknown>>> => {
  const answers: Record<string, unknown> = { organizations: [], ...known };
  for (const { field, text, read, isOptional } of QUESTIONS) {
    if (known[field] !== undefined || (onlyRequired && QUIET.has(field))) {
      continue;
    }
    const answer = await prompt.ask(text);
    if (answer !== '' || !isOptional) {
      answers[field] = read(answer);
    }
  }
  return answers;
};
