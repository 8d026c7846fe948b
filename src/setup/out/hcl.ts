import { isJsonObject, type Json, type JsonObject } from '../../tenant-settings/json.ts';

/** A text that Terraform evaluates: `auth0_client.extension.client_id`. */
export type Expression = { readonly expression: string };
/** What an argument of a block can be. */
export type Argument = Json | Expression;

/** A block of Terraform's language; what is in `blocks` stands inside it. */
export type Block = {
  readonly type: string;
  readonly labels?: readonly string[];
  readonly arguments: Readonly<Record<string, Argument>>;
  readonly blocks?: readonly Block[];
};

const isExpression = (value: Argument): value is Expression =>
  typeof value === 'object' && value !== null && 'expression' in value;

/** Writes an expression that Terraform evaluates instead of a text. */
export const expression = (text: string): Expression => ({ expression: text });

/** `${` and `%{` begin a template in Terraform's texts; doubled they stand for themselves. */
const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{');

const printValue = (value: Json): string => {
  if (typeof value === 'string') {
    return quoted(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(printValue).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([name, inner]) => `${name} = ${printValue(inner)}`)
      .join(', ')} }`;
  }
  return String(value);
};

/** An object of the Management API is a block to Terraform, everything else an argument. */
export const partsOf = (object: JsonObject): Pick<Block, 'arguments' | 'blocks'> => ({
  arguments: Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== null && !isJsonObject(value)),
  ),
  blocks: Object.entries(object).flatMap(([name, value]) =>
    isJsonObject(value) ? [blockOf(name, value)] : [],
  ),
});

/** Gives an object of the Management API as a block. */
export const blockOf = (type: string, object: JsonObject): Block => ({ type, ...partsOf(object) });

/** Writes a block as `terraform fmt` leaves it, but for the alignment of equal signs. */
export const printBlock = (block: Block, indent = ''): string => {
  const { type, labels = [], blocks = [] } = block;
  const lines = [
    ...Object.entries(block.arguments).map(
      ([name, value]) =>
        `${indent}  ${name} = ${isExpression(value) ? value.expression : printValue(value)}`,
    ),
    ...blocks.map((inner) => printBlock(inner, `${indent}  `)),
  ];
  const head = [type, ...labels.map((label) => JSON.stringify(label))].join(' ');
  return `${indent}${head} {\n${lines.join('\n')}\n${indent}}`;
};
