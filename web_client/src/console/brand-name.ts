/** What the marketplace is called: as the page says it, until somebody changes it here. */
import { signal } from '@preact/signals';

import { brandNameOfPage } from '../styles/brand';

export const brandName = signal(brandNameOfPage());
