import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

// The snippet for the marketplace's own page: one classic script, no chunk, no library.
// It runs after the pages' build and leaves what that one wrote.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2020',
    lib: {
      entry: fileURLToPath(new URL('loader/loader.ts', import.meta.url)),
      formats: ['iife'],
      name: 'ParleyLoader',
      fileName: () => 'widget.js',
    },
  },
});
