import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { defineConfig, type UserConfig } from 'vite';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

// The pages of this build share their chunks; the widget has its own (vite.widget.config.ts).
// A page is an entry once its file exists.
const pages = ['inbox', 'console', 'talk', 'demo/index', 'demo/side-by-side'].filter((page) => existsSync(here(`${page}.html`)));

/** What every page is built with. */
export const base = {
  root: here('.'),
  // Relative addresses: the server may mount the pages under any path.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The first that know `light-dark()`, of which the colours are made.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // An inlined asset would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
} satisfies UserConfig;

export default defineConfig({
  ...base,
  build: {
    ...base.build,
    emptyOutDir: true,
    manifest: true,
    rolldownOptions: {
      input: Object.fromEntries(pages.map((page) => [page, here(`${page}.html`)])),
    },
  },
});
