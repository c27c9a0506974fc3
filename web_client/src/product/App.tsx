/** What the frame shows: the figures, what can be chosen, the reviews; or why there are none. */
import { Fragment, type JSX } from 'preact';

import { locale, t } from '../i18n';
import { Later } from '../ui/Later';
import { surround } from './around';
import { Controls } from './Controls';
import type { Frame } from './frame';
import { Head } from './Head';
import { List } from './List';
import { Nothing } from './Nothing';
import type { Reading } from './reading';
import { Shape } from './Shape';

const loadLightbox = (): Promise<() => JSX.Element | null> => import('./Lightbox').then(({ Lightbox }) => Lightbox);

export function App({ frame }: { frame: Frame }): JSX.Element | null {
  const reading = frame.reading.value;
  if (reading === null || !frame.isDressed.value) return null;
  surround({ frame, reading });
  return (
    <Fragment key={`${locale.value} ${reading.product}`}>
      <div class={frame.looking.value === null && !frame.isLarge.value ? 'page' : 'page page-away'}>
        <h1 class="unseen">{t('reader.title')}</h1>
        <Page reading={reading} />
      </div>
      {frame.isLarge.value && frame.looking.value !== null && <Later load={loadLightbox} props={{}} />}
    </Fragment>
  );
}

function Page({ reading }: { reading: Reading }): JSX.Element {
  const view = reading.view.value;
  if (view === 'loading') return <Shape />;
  if (view === 'failed' || view === 'unrated') return <Nothing why={view} />;
  return (
    <>
      <Head />
      {view !== 'wordless' && <Controls />}
      <List />
    </>
  );
}
