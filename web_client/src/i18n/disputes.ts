/** The sentences of disputes and complaints, for the widget, the inbox and the console alike. */
import { addFiles } from './index';
import type { Catalog } from './sentences';

addFiles(import.meta.glob<Catalog>('./catalogs/disputes.*.json', { import: 'default' }));
