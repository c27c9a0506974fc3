/** The sentences of reviews and notices, for the widget, the inbox, the console and the product page alike. */
import { addFiles } from './index';
import type { Catalog } from './sentences';

addFiles(import.meta.glob<Catalog>('./catalogs/reviews.*.json', { import: 'default' }));
