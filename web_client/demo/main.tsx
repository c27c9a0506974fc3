/** The demo market's page: loads the market, draws it, embeds Parley. */
import { render } from 'preact';
import { needPart } from '../src/i18n';
import '../src/i18n/demo';
import '../src/i18n/more';
import '../src/styles/base.css';
import { embedParley } from './embed';
import { Market } from './Market';
import { followOrders, startMarket } from './market';
import './market.css';

async function start(): Promise<void> {
  await Promise.all([needPart('demo'), needPart('more')]);
  const market = startMarket();
  const root = document.getElementById('app');
  if (root) render(<Market />, root);
  followOrders();
  await market;
  embedParley();
}

void start();
