/** The widget's page: its styles, its talk with the host page, its first screen. */
import { render } from 'preact';

import '../styles/base.css';
import './widget.css';
import { hostOrigin } from '../services/embed';
import { App } from './App';
import { Widget } from './widget';

const root = document.getElementById('app');
const host = hostOrigin(location.hash);

if (root !== null && host !== null && window.parent !== window) {
  const widget = new Widget();
  render(<App widget={widget} />, root);
  widget.embed.listen(host);
}
