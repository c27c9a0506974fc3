import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

// One build for all pages, so that they share their chunks. A page is an entry once its file exists.
const pages = ['widget', 'inbox', 'console', 'demo/index', 'demo/side-by-side'].filter((page) => existsSync(here(`${page}.html`)));

export default defineConfig({
  root: here('.'),
  // Relative addresses: the server may mount the pages under any path.
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The first that know `light-dark()`, of which the colours are made.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    manifest: true,
    // An inlined asset would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(pages.map((page) => [page, here(`${page}.html`)])),
    },
  },
});
