/** The sentences of the demo market: imported by its page, so that no other page carries them. */
import { addFiles } from './index';
import type { Catalog } from './sentences';

addFiles(import.meta.glob<Catalog>('./catalogs/demo.*.json', { import: 'default' }));
