/** How a marketplace shows reviews on a product's page: one script, one element, and who is signed in. */
import type { JSX, Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { locale, t } from '../src/i18n';
import { NOBODY, personId, theme } from './market';
import { token } from './server';

interface ReviewsElement extends HTMLElement {
  getToken?: ((fresh: boolean) => Promise<string>) | null;
}

declare module 'preact' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- it is Preact's own list of elements
  namespace JSX {
    interface IntrinsicElements {
      'parley-reviews': { product: string; locale: string; theme: string; ref: Ref<ReviewsElement> };
    }
  }
}

/** Once is enough, however many products are looked at. */
function loadElement(): void {
  if (document.querySelector('script[src="/reviews.js"]') !== null) return;
  const script = document.createElement('script');
  script.src = '/reviews.js';
  script.async = true;
  document.head.append(script);
}

export function Reviews({ product }: { product: string }): JSX.Element {
  const element = useRef<ReviewsElement>(null);
  const id = personId.value;
  useEffect(loadElement, []);
  useEffect(() => {
    if (element.current !== null) element.current.getToken = id === null || id === NOBODY ? null : () => token(id);
  }, [id]);
  return (
    <section class="block">
      <h2>{t('demo.reviews')}</h2>
      <parley-reviews ref={element} product={product} locale={locale.value} theme={theme.value} />
    </section>
  );
}
