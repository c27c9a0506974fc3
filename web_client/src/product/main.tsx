/** The page inside `<parley-reviews>`: its styles, its talk with the product page, its drawing. */
import { effect } from '@preact/signals';
import { render } from 'preact';

import '../styles/base.css';
import './product.css';
import { hostOrigin } from '../services/embed';
import { App } from './App';
import { Frame } from './frame';
import { tellHeight } from './height';

const AHEAD_MS = 4_000;

const root = document.getElementById('app');
const host = hostOrigin(location.hash);

if (root !== null && host !== null && window.parent !== window) {
  const frame = new Frame();
  // Whatever is read while it is drawn draws it anew when it changes. The height is measured at once: a browser may let
  // a frame that nobody sees yet wait for its turn.
  effect(() => {
    render(<App frame={frame} />, root);
    tellHeight(frame);
    frame.tellReady();
  });
  new ResizeObserver(() => {
    tellHeight(frame);
  }).observe(document.body);
  frame.embed.listen(host);
  // What tells of a failure cannot be fetched during it.
  setTimeout(() => void import('./Reasons').catch(() => undefined), AHEAD_MS);
  // Little is in the brand's colour, and none of it comes before the reviews do.
  void import('../styles/brand').then(({ applyBrand, brandOfPage }) => applyBrand(brandOfPage()));
}
