/** The sentences of the console: imported by its page, so that no other page carries them. */
import { addFiles } from './index';
import type { Catalog } from './sentences';

addFiles(import.meta.glob<Catalog>('./catalogs/console.*.json', { import: 'default' }));
