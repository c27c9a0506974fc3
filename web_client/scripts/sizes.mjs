// How heavy the built widget is, compressed, against its budgets; fails where one is passed.
// `node scripts/sizes.mjs [folder]`, after a build.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const KB = 1024;
const BUDGETS = { loader: 3 * KB, first: 30 * KB, later: 12 * KB };

const folder = process.argv[2] ?? 'dist';
const manifest = JSON.parse(readFileSync(`${folder}/.vite/widget.json`, 'utf8'));
const weights = new Map();

/** The compressed size of a built file, in bytes. */
function weight(file) {
  if (!weights.has(file)) weights.set(file, gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length);
  return weights.get(file);
}

/** The files of a chunk and of all that it cannot start without. */
function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return [];
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  return [file, ...css, ...imports.flatMap((other) => filesOf(other, seen))];
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
const first = new Set(['widget.html', ...filesOf('widget.html')]);
const catalog = Math.max(...Object.keys(manifest).filter((key) => /catalogs\/core\./.test(key)).map((key) => weight(manifest[key].file)));

line('loader', weight('widget.js'), BUDGETS.loader);
line('everything before the first conversation: loader, page, styles, one catalog', weight('widget.js') + sum(first) + catalog, BUDGETS.first);
for (const file of first) console.log(`              ${show(weight(file))}    ${file}`);
console.log(`              ${show(catalog)}    the largest catalog`);

const later = Object.entries(manifest).filter(([key, { file }]) => !first.has(file) && !isCatalog(key) && file.endsWith('.js'));
for (const [, { file, css = [] }] of later.sort(([, a], [, b]) => weight(b.file) - weight(a.file))) {
  line(file, sum([file, ...css.filter((one) => !first.has(one))]), BUDGETS.later);
}
process.exit(isOver ? 1 : 0);
