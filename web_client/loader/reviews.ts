/**
 * `<parley-reviews product="…">` on the marketplace's page. No library, no cookie, no storage; tokens come from the
 * page's own callback and never stand in an address.
 */
import { defineReviews } from './reviews-element';

const script = document.currentScript as HTMLScriptElement | null;
defineReviews(new URL('.', script?.src ?? location.href));
