/** The sentences of the help on the widget's first screen, which come after it. */
import { addFiles } from './index';
import type { Catalog } from './sentences';

addFiles(import.meta.glob<Catalog>('./catalogs/help.*.json', { import: 'default' }));
