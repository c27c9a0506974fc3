import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

// The rooms of src/ from the roof to the floor. A room may import from the floors below its own,
// never from above and never from a neighbour on the same floor.
const FLOORS = [
  ['widget', 'inbox', 'console', 'talk', 'product'],
  ['ui'],
  ['state'],
  ['connection', 'services'],
  ['i18n', 'styles'],
  ['protocol'],
];

const HTML_AS_TEXT = 'Text is text: set textContent or render a child.';

const restrictedProperties = [
  ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'srcdoc'],
  ...['createContextualFragment', 'parseFromString', 'dangerouslySetInnerHTML'],
].map((property) => ({ property, message: HTML_AS_TEXT }));

const restrictedSyntax = [
  {
    selector: 'JSXAttribute[name.name=/^(dangerouslySetInnerHTML|innerHTML|srcDoc|srcdoc)$/]',
    message: HTML_AS_TEXT,
  },
  {
    selector: 'Property[key.name=/^(dangerouslySetInnerHTML|innerHTML|outerHTML|srcdoc)$/]',
    message: HTML_AS_TEXT,
  },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
];

function directions() {
  return FLOORS.flatMap((rooms, floor) =>
    rooms.map((room) => {
      const above = FLOORS.slice(0, floor).flat();
      const neighbours = rooms.filter((other) => other !== room);
      const forbidden = [...above, ...neighbours];
      return {
        name: `parley/direction/${room}`,
        files: [`src/${room}/**/*.{ts,tsx}`],
        rules: {
          'no-restricted-imports': [
            'error',
            {
              patterns: forbidden.map((other) => ({
                regex: `^(\\.\\./)+${other}(/|\\.tsx?$|$)`,
                message: `${room} must not import from ${other}: see FLOORS in eslint.config.js.`,
              })),
            },
          ],
        },
      };
    }),
  );
}

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'src/protocol/generated.ts'] },
  js.configs.recommended,
  {
    rules: {
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.node.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
  {
    name: 'parley/browser',
    files: ['{src,loader,demo}/**/*.{ts,tsx}'],
    languageOptions: { globals: globals.browser },
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        ...restrictedProperties,
        { object: 'document', property: 'write', message: HTML_AS_TEXT },
        { object: 'document', property: 'writeln', message: HTML_AS_TEXT },
      ],
      'no-restricted-syntax': ['error', ...restrictedSyntax],
    },
  },
  ...directions(),
  {
    name: 'parley/doors',
    files: ['{src,loader,demo}/**/*.{ts,tsx}'],
    ignores: ['src/connection/**', 'src/services/{api,console,http}.ts', 'demo/server.ts', '**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'WebSocket', message: 'Only src/connection/ opens a socket.' },
        { name: 'EventSource', message: 'Only src/connection/ opens a stream.' },
        { name: 'fetch', message: 'Only src/services/ speaks HTTP, in api.ts, console.ts and http.ts.' },
        { name: 'XMLHttpRequest', message: 'Only src/services/ speaks HTTP, in api.ts, console.ts and http.ts.' },
      ],
    },
  },
  {
    // Run by node; a configuration file is asked for by its default export.
    name: 'parley/tools',
    files: ['*.config.{ts,js}', 'scripts/**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
    rules: { 'no-restricted-syntax': 'off' },
  },
);
