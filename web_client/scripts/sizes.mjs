// How heavy the built widget and the reviews of product pages are, compressed, against their budgets; fails where one is passed.
// `node scripts/sizes.mjs [folder]`, after a build.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const KB = 1024;
const BUDGETS = { loader: 3 * KB, first: 30 * KB, later: 12 * KB };
const REVIEWS = { loader: 2 * KB, first: 20 * KB, later: 12 * KB };

const LANGUAGES = ['en', 'ru', 'ro', 'ar', 'es'];

const folder = process.argv[2] ?? 'dist';
const weights = new Map();

/** The compressed size of a built file, in bytes. */
function weight(file) {
  if (!weights.has(file)) weights.set(file, gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length);
  return weights.get(file);
}

/** The files of a chunk and of all that it cannot start without. */
function filesOf(manifest, key, seen = new Set()) {
  if (seen.has(key)) return [];
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  return [file, ...css, ...imports.flatMap((other) => filesOf(manifest, other, seen))];
}

const sum = (files) => [...new Set(files)].reduce((total, file) => total + weight(file), 0);
const show = (bytes) => `${(bytes / KB).toFixed(2)} KB`.padStart(9);
let isOver = false;

function line(name, bytes, budget) {
  const over = bytes > budget;
  isOver ||= over;
  console.log(`${over ? 'OVER ' : '     '}${show(bytes)} of ${show(budget)}  ${name}`);
}

const isCatalog = (key) => /catalogs\/\w+\.\w+\.json$/.test(key);
/** Weighs one page: its loader, what it starts with in the heaviest language, and each part that comes later. */
function weigh({ name, loader, catalogs, isAhead, what, budgets }) {
  const manifest = JSON.parse(readFileSync(`${folder}/.vite/${name}.json`, 'utf8'));
  const first = new Set([...isAhead ? [loader, `${name}.html`] : [], ...filesOf(manifest, `${name}.html`)]);
  const inLanguage = (language) => sum(catalogs.map((part) => manifest[`src/i18n/catalogs/${part}.${language}.json`].file));
  const catalog = Math.max(...LANGUAGES.map(inLanguage));

  line(`${name}: loader`, weight(loader), budgets.loader);
  line(`${name}: ${what}`, sum(first) + catalog, budgets.first);
  for (const file of first) console.log(`              ${show(weight(file))}    ${file}`);
  console.log(`              ${show(catalog)}    the largest catalog`);

  const later = Object.entries(manifest).filter(([key, { file }]) => !first.has(file) && !isCatalog(key) && file.endsWith('.js'));
  for (const [, { file, css = [] }] of later.sort(([, a], [, b]) => weight(b.file) - weight(a.file))) {
    line(file, sum([file, ...css.filter((one) => !first.has(one))]), budgets.later);
  }
}

weigh({
  name: 'widget',
  loader: 'widget.js',
  catalogs: ['core'],
  isAhead: true,
  what: 'everything before the first conversation: loader, page, styles, one catalog',
  budgets: BUDGETS,
});
weigh({
  name: 'reviews',
  loader: 'reviews.js',
  catalogs: ['reader'],
  // The loader lets the product page go on, and the page itself is an empty frame.
  isAhead: false,
  what: 'everything before the first review: scripts, styles, one catalog',
  budgets: REVIEWS,
});
process.exit(isOver ? 1 : 0);
