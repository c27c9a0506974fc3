/** The page of the demo market: header, front or product, footer. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../src/i18n';
import { Button } from '../src/ui/parts/Button';
import { ColumnsIcon } from '../src/ui/parts/icons';
import { Toasts } from '../src/ui/parts/Toast';
import { Header } from './Header';
import { Orders } from './Orders';
import { PeopleDialog } from './People';
import { Product } from './Product';
import { Products } from './Products';
import { isFramed, listOf, openProduct, person, products } from './market';

export function Market(): JSX.Element {
  const [choosing, setChoosing] = useState(false);
  const open = listOf(products.value).find(({ id }) => id === openProduct.value);

  useEffect(() => {
    window.scrollTo(0, 0);
    document.title = open ? `${open.title} · Karavela` : 'Karavela';
  }, [open]);

  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        {t('demo.skip')}
      </a>
      <Header
        onChoose={() => {
          setChoosing(true);
        }}
      />
      <main class="page" id="main" tabIndex={-1}>
        {openProduct.value === null ? <Front /> : <Product product={open} />}
      </main>
      <footer class="foot">
        <p>{t('demo.footnote')}</p>
      </footer>
      {choosing && (
        <PeopleDialog
          onClose={() => {
            setChoosing(false);
          }}
        />
      )}
      <Toasts />
    </>
  );
}

/** The address is the router's: the focus goes there without it. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Front(): JSX.Element {
  return (
    <>
      <section class="hero">
        <div class="hero-words">
          <h1>{t('demo.tagline')}</h1>
          <p>{t('demo.lead')}</p>
          {!isFramed && <SideBySide />}
        </div>
        <div class="hero-art" aria-hidden="true">
          {['dune-chair', 'liman-teapot', 'orla-vase'].map((name) => (
            <img key={name} src={`/demo/art/${name}.svg`} alt="" width="400" height="400" />
          ))}
        </div>
      </section>
      {person.value?.role === 'buyer' && <Orders />}
      <Products />
    </>
  );
}

function SideBySide(): JSX.Element {
  return (
    <Button
      kind="primary"
      size="l"
      icon={ColumnsIcon}
      onClick={() => {
        location.assign('/side-by-side');
      }}
    >
      {t('demo.side_by_side')}
    </Button>
  );
}
