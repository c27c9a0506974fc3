import { fileURLToPath } from 'node:url';

import { defineConfig, type Plugin } from 'vite';

import { base } from './vite.config.ts';
import { isFirst, smallPreload } from './vite.widget.config.ts';

/** The sentences of the widget's first screen are not this page's (`onlyPart`): not even their addresses are carried to it. */
const withoutCore: Plugin = {
  name: 'without-core',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('/src/i18n/index.ts') ? code.replace(/import\.meta\.glob<Catalog>\([^)]*core[^)]*\)/, '{}') : null),
};

// The reviews on a product page are built apart, as the widget is and for the same reason: who reads them loads
// nothing of the other pages. scripts/sizes.mjs holds them to their budget.
export default defineConfig({
  ...base,
  plugins: [smallPreload, withoutCore],
  // The page is drawn as a whole whenever something of it changes (main.tsx): it has no use for what lets each part
  // follow its own signals.
  resolve: { alias: { '@preact/signals': fileURLToPath(new URL('src/product/small-signals.ts', import.meta.url)) } },
  build: {
    ...base.build,
    emptyOutDir: false,
    manifest: '.vite/reviews.json',
    rolldownOptions: {
      input: { reviews: fileURLToPath(new URL('reviews.html', import.meta.url)) },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ debugName: 'first', name: (id, modules) => (isFirst(id, modules) ? 'first' : null) }],
        },
      },
    },
  },
});
