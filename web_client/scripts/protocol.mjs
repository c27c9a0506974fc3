// Turns the wire's JSON Schema (on standard input) into TypeScript (on standard output).
// `scripts/generate` calls it; nothing else needs to.

import { compile } from 'json-schema-to-typescript';

const BANNER = `// Generated from chat_server/wire by scripts/generate. Not for editing.
`;

/** Reads the whole of standard input. */
async function readInput() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** A field that may be null is left out of the bytes when it is: in TypeScript it is optional. */
function withoutNull(schema) {
  const kept = (schema.anyOf ?? []).filter((option) => option.type !== 'null');
  if (schema.default !== null || kept.length !== 1) return schema;
  const rest = { ...schema };
  delete rest.anyOf;
  delete rest.default;
  return { ...rest, ...kept[0] };
}

/** What the generator understands: tuples in the older spelling, no nulls, no counted lists. */
function prepared(schema) {
  if (Array.isArray(schema)) return schema.map(prepared);
  if (schema === null || typeof schema !== 'object') return schema;
  const { prefixItems, discriminator: _, minItems: __, maxItems: ___, ...rest } = withoutNull(schema);
  const entries = Object.entries(rest).map(([key, value]) => [key, prepared(value)]);
  const length = prefixItems?.length;
  const tuple = prefixItems
    ? { items: prefixItems.map(prepared), additionalItems: false, minItems: length, maxItems: length }
    : {};
  return { ...Object.fromEntries(entries), ...tuple };
}

/** \`snake_case\` to \`camelCase\`. */
const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** The tables beside the schema, as constants. */
function tables(schema) {
  const limits = Object.entries(schema['x-limits']).map(([name, value]) => `  ${camel(name)}: ${value},`);
  const closes = schema['x-close-codes'].map(
    ({ name, code, reason }) => `  /** ${reason} */\n  ${camel(name)}: ${code},`,
  );
  return [
    `/** The subprotocol that both sides of the socket name. */`,
    `export const PROTOCOL = '${schema['x-protocol']}';`,
    ``,
    `/** Bounds that hold before the server has said a word. */`,
    `export const LIMITS = {`,
    ...limits,
    `} as const;`,
    ``,
    `/** Why the server ends a socket. */`,
    `export const CLOSE = {`,
    ...closes,
    `} as const;`,
    ``,
  ].join('\n');
}

/** Leaves out what only the generator's own reader wants. */
function tidy(code) {
  return code
    .replace(/^ \* This interface was referenced by[^]*?(?= \*\/)/gm, '')
    .replace(/^\/\*\*\n \*\/\n/gm, '')
    .replace(/^ \*\n \*\/$/gm, ' */')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\/\*\*\n \* Frames of the socket[^]*?\*\/\nexport interface Parley \{\}\n/m, '');
}

const schema = await readInput();
const code = await compile(
  { $defs: prepared(schema.$defs), title: 'Parley', description: schema.description, type: 'object' },
  'Parley',
  {
    bannerComment: '',
    additionalProperties: false,
    maxItems: -1,
    unreachableDefinitions: true,
    style: { singleQuote: true, printWidth: 100 },
  },
);
process.stdout.write(`${BANNER}\n${tables(schema)}\n${tidy(code).trim()}\n`);
