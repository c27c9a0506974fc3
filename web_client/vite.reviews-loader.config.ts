import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

// `<parley-reviews>` for the marketplace's own pages: one classic script, no chunk, no library, as the widget's loader.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: fileURLToPath(new URL('loader/reviews.ts', import.meta.url)),
      formats: ['iife'],
      name: 'ParleyReviews',
      fileName: () => 'reviews.js',
    },
  },
});
