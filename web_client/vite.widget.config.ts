import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

import { base } from './vite.config.ts';

// The widget is built apart from the pages of people who work with Parley: buyers never load those, so nothing
// of theirs may ride along in a shared chunk. scripts/sizes.mjs holds it to its budget.
export default defineConfig({
  ...base,
  build: {
    ...base.build,
    emptyOutDir: false,
    manifest: '.vite/widget.json',
    rolldownOptions: { input: { widget: fileURLToPath(new URL('widget.html', import.meta.url)) } },
  },
});
