/** The marketplace's name and colour, with what comes of them in the light and in the dark. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef } from 'preact/hooks';

import { formatNumber, t } from '../../i18n';
import type { BrandLook } from '../../protocol/generated';
import { applyBrand, brandFrom, contrast } from '../../styles/brand';
import { brandName } from '../brand-name';
import { useConsole } from '../context';
import { EditorFrame } from '../EditorFrame';
import { Shown } from '../Shown';
import { useDraft } from '../use-draft';
import { useLoaded } from '../use-loaded';

export function Brand(): JSX.Element {
  const { api } = useConsole();
  const load = useCallback(() => api.brand(), [api]);
  const loaded = useLoaded(load);
  return <Shown loaded={loaded}>{(look) => <BrandEditor look={look} />}</Shown>;
}

function BrandEditor({ look }: { look: BrandLook }): JSX.Element {
  const { api } = useConsole();
  const work = useDraft<BrandLook, { name: string; color: string }>({
    kept: look,
    begin: (kept) => ({ name: kept?.name ?? '', color: kept?.color ?? '' }),
    send: ({ name, color }, kept) => api.putBrand({ name, color: color.toLowerCase(), revision: kept?.revision ?? 0 }),
    fetch: () => api.brand(),
    // Other pages have it when they are opened next.
    onSaved: ({ name, color }) => {
      applyBrand(color);
      brandName.value = name;
    },
  });
  const { draft: { name, color }, change } = work;
  const brand = brandFrom(color);

  return (
    <EditorFrame title={t('console.settings.brand')} work={work}>
      <p class="quiet">{t('console.settings.brand.text')}</p>
      <div class="facts">
        <label class="field">
          <span>{t('console.settings.brand.name')}</span>
          <input dir="auto" maxLength={60} value={name} onInput={({ currentTarget }) => { change({ name: currentTarget.value }); }} />
        </label>
        <div class="field">
          <label for="brand-color">{t('console.settings.brand.color')}</label>
          <span class="color-fields">
            <input
              type="color"
              aria-label={t('console.settings.brand.pick')}
              value={brand === null ? '#000000' : color}
              onInput={({ currentTarget }) => { change({ color: currentTarget.value }); }}
            />
            <input
              id="brand-color"
              dir="ltr"
              maxLength={7}
              spellcheck={false}
              value={color}
              onInput={({ currentTarget }) => { change({ color: currentTarget.value.trim() }); }}
            />
          </span>
        </div>
      </div>
      {brand === null ? (
        <p class="brand-fault" role="status">{t('error.invalid.brand_color')}</p>
      ) : (
        <>
          <p class="quiet" role="status">
            {t('console.settings.brand.contrast', { ratio: formatNumber(Math.round(contrast(brand.fill, brand.onFill) * 10) / 10) })}
            {brand.fill !== color.toLowerCase() && <> {t('console.settings.brand.darker')}</>}
          </p>
          <div class="previews">
            <Preview name={name} color={color} scheme="light" />
            <Preview name={name} color={color} scheme="dark" />
          </div>
        </>
      )}
    </EditorFrame>
  );
}

/** How it will look. Nothing in it can be pressed. */
function Preview({ name, color, scheme }: { name: string; color: string; scheme: 'light' | 'dark' }): JSX.Element {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (place.current) applyBrand(color, place.current);
  }, [color]);
  return (
    <figure ref={place} class={`preview preview-${scheme}`}>
      <figcaption>{t(`common.theme.${scheme}`)}</figcaption>
      <p class="preview-name"><bdi>{name}</bdi></p>
      <p class="preview-theirs">{t('console.settings.brand.theirs')}</p>
      <p class="preview-mine">{t('console.settings.brand.mine')}</p>
      <p class="preview-line">
        <span class="preview-link">{t('console.settings.brand.link')}</span>
        <span class="preview-button">{t('common.send')}</span>
      </p>
    </figure>
  );
}
