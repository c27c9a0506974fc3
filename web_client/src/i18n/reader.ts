/** The sentences of the reviews on a product page. */
import { addFiles } from './index';
import type { Catalog } from './sentences';

addFiles(import.meta.glob<Catalog>('./catalogs/reader.*.json', { import: 'default' }));
