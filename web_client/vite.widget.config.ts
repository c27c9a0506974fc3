import { fileURLToPath } from 'node:url';

import { defineConfig, type Plugin } from 'vite';

import { base } from './vite.config.ts';

/** Vite's own helper for lazy chunks is four times as large: it serves cases that this page has not. */
const PRELOAD = `
const asked = new Map();
const link = (href) => {
  if (!asked.has(href)) asked.set(href, new Promise((resolve, reject) => {
    const element = document.createElement('link');
    const isStyle = href.endsWith('.css');
    element.rel = isStyle ? 'stylesheet' : 'modulepreload';
    element.href = href;
    element.onload = resolve;
    element.onerror = () => { asked.delete(href); element.remove(); reject(new Error(href)); };
    document.head.append(element);
    if (!isStyle) resolve();
  }));
  return asked.get(href);
};
export const __vitePreload = (load, files = [], from) =>
  Promise.all(files.map((file) => link(new URL(file, from).href))).then(load);
`;

export const smallPreload: Plugin = {
  name: 'small-preload',
  enforce: 'pre',
  load: (id) => (id.includes('vite/preload-helper') ? PRELOAD : null),
};

/** What the page cannot start without is one file: several would weigh more and come later. */
interface Modules {
  getModuleInfo(id: string): { importers: readonly string[]; isEntry: boolean } | null;
}

export function isFirst(id: string, modules: Modules, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const found = modules.getModuleInfo(id);
  if (found === null) return false;
  return found.isEntry || found.importers.some((importer) => isFirst(importer, modules, seen));
}

const COMPOSER = /\/ui\/composer\/(?!emoji)|\/services\/(?:uploads|shrink)|\/protocol\/texts/i;

/** What every screen behind the first one has, as one file: the first one knows each file of it by its name, and names weigh. */
const BEHIND = /\/i18n\/(?:more|formats-more|reviews)\.|\/ui\/client\.|\/services\/photos\.|\/ui\/parts\/(?:empty-?state|icons)\./i;

// The widget is built apart from the pages of people who work with Parley: buyers never load those, so nothing
// of theirs may ride along in a shared chunk. scripts/sizes.mjs holds it to its budget.
export default defineConfig({
  ...base,
  plugins: [smallPreload],
  build: {
    ...base.build,
    emptyOutDir: false,
    manifest: '.vite/widget.json',
    rolldownOptions: {
      input: { widget: fileURLToPath(new URL('widget.html', import.meta.url)) },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { debugName: 'first', name: (id, modules) => (isFirst(id, modules) ? 'first' : null), priority: 2 },
            // The composer comes with the conversation, but as a file of its own, beside it.
            { name: 'composer', test: COMPOSER, priority: 1 },
            { name: 'behind', test: BEHIND, priority: 1 },
            // The bot's buttons likewise.
            { name: 'answers', test: /\/ui\/answers\/(?!csat|leave-?email)/i, priority: 1 },
          ],
        },
      },
    },
  },
});
