/** The figures: the mean, how many gave which stars, and who sells it. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { Mean } from './Given';
import { Histogram } from './Histogram';
import { around } from './around';
import { meanOf } from './names';
import { Seller } from './Seller';
import './head.css';

export function Head(): JSX.Element {
  const head = around().reading.head.value;
  const { average, ratings = 0 } = head?.histogram ?? {};
  return (
    <header class="top">
      {average !== undefined && (
        <div class="mean">
          <p class="mean-figure figures" aria-hidden="true">
            {meanOf(average)}
          </p>
          <div>
            <Mean average={average} size={20} />
            <p class="quiet figures">{t('reader.ratings', { count: ratings })}</p>
          </div>
        </div>
      )}
      <Histogram />
      {head?.shop && <Seller card={head.shop} />}
    </header>
  );
}
