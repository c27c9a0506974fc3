/**
 * The languages of the screens: `t(key)` and formats for the language that is set, as signals, so that a change redraws what shows words.
 * Sentences come from catalogs that scripts/catalogs writes; none is written here.
 */
import { computed, signal } from '@preact/signals';
import * as formats from './formats';
import type { MessageKey } from './keys';
import { direction, nearest, type Locale } from './locales';
import { fill, type Catalog, type Params } from './sentences';

export { LOCALE_NAMES, LOCALES, nearest, type Locale } from './locales';
export type { MessageKey } from './keys';

/** Parts of the catalogs: `core` is what shows before the first thread opens, the others are loaded by who needs them. */
export type Part = 'core' | 'more' | 'help' | 'reviews' | 'disputes' | 'reader' | 'inbox' | 'console' | 'demo';

type Files = Record<string, () => Promise<Catalog>>;

/** The catalogs of the first screen; the others are added by what needs them. */
const files: Files = import.meta.glob<Catalog>('./catalogs/core.*.json', { import: 'default' });

/** Makes another part known: more.ts, help.ts, reviews.ts, inbox.ts and the like do it. */
export function addFiles(more: Files): void {
  Object.assign(files, more);
}

const sentences = signal<Catalog>({});
const parts = new Set<Part>(['core']);

/** The language that is shown; changes only when its sentences are there. */
export const locale = signal<Locale>('en');

/** The direction of that language. */
export const dir = computed(() => direction(locale.value));

let wished: Locale = 'en';

/** What has been fetched or is on its way, by file: nothing is fetched twice, and what failed may be tried again. */
const fetched = new Map<string, Promise<Catalog>>();

function load(language: Locale, part: Part): Promise<Catalog> {
  const name = `./catalogs/${part}.${language}.json`;
  const known = fetched.get(name);
  if (known) return known;
  const file = files[name];
  if (!file) throw new Error(`No catalog ${name}`);
  const catalog = file();
  fetched.set(name, catalog);
  catalog.catch(() => fetched.delete(name));
  return catalog;
}

/** Adds to what is shown: a part that came while a language was on its way is not lost to it. */
function show(catalogs: Catalog[]): void {
  sentences.value = Object.assign({}, sentences.value, ...catalogs) as Catalog;
}

/** Sets the language nearest to `tag`; of two calls in a hurry the later wins. Sets `lang` and `dir` of the document. */
export async function setLocale(tag: string): Promise<void> {
  const language = nearest(tag);
  wished = language;
  const catalogs = await Promise.all([...parts].map((part) => load(language, part)));
  if (wished !== language) return;
  show(catalogs);
  locale.value = language;
  document.documentElement.lang = language;
  document.documentElement.dir = direction(language);
}

/** Loads another part of the catalogs; afterwards it follows each change of language. Ends when its sentences are there. */
export async function needPart(part: Part): Promise<void> {
  parts.add(part);
  for (;;) {
    const language = wished;
    const catalog = await load(language, part);
    if (wished !== language) continue;
    show([catalog]);
    return;
  }
}

/** For a page that shows nothing of the first screen: it begins with a part of its own. */
export function onlyPart(part: Part): void {
  parts.clear();
  parts.add(part);
}

/** Whether there is a sentence for a key that was put together, such as `event.${code}`. */
export function has(key: string): key is MessageKey {
  return key in sentences.value;
}

/** The sentence for a key, in the language that is set. A key that is not loaded comes back as it is, so that it is seen. */
export function t(key: MessageKey, params: Params = {}): string {
  const entry = sentences.value[key];
  return entry === undefined ? key : fill(entry, params, locale.value);
}

/** 14:05 */
export const formatTime = (ms: number): string => formats.time(locale.value, ms);

/** Day and time in full. */
export const formatWhen = (ms: number): string => formats.when(locale.value, ms);

/** now, 5 min, 14:05, Yesterday, Mon, 12 Mar */
export const formatRelative = (ms: number, now = Date.now()): string =>
  formats.relative(locale.value, ms, now, sentences.value['time.now'] ?? 'now');

export const formatNumber = (value: number): string => formats.number(locale.value, value);

/** The language to begin with: what the host or the person wants, else the browser's. */
export function firstLocale(wishedTag?: string | null): Locale {
  return nearest(wishedTag, ...navigator.languages);
}
