/** What can be chosen of the reviews, and how many there are then. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { Button } from '../ui/parts/Button';
import { XIcon } from '../ui/parts/icons-first';
import { CameraIcon } from './CameraIcon';
import { around } from './around';
import { languageName } from './names';
import { Select } from './Select';
import './controls.css';

const STARS = ['5', '4', '3', '2', '1'];

export function Controls(): JSX.Element {
  const { reading } = around();
  const { stars, photos = false, language, sort = 'newest' } = reading.filter.value;
  const languages = reading.head.value?.languages ?? [];
  return (
    <section class="controls" aria-label={t('reader.filters')}>
      <Select
        label={t('reader.filter.stars')}
        value={stars === undefined ? '' : String(stars)}
        options={[['', t('reader.any_stars')], ...STARS.map((one): [string, string] => [one, t('reader.stars', { count: Number(one) })])]}
        onPick={(value) => void reading.want({ stars: value === '' ? undefined : Number(value) })}
      />
      {(languages.length > 1 || language !== undefined) && (
        <Select
          label={t('reader.filter.language')}
          value={language ?? ''}
          options={[['', t('reader.any_language')], ...languages.map((tag): [string, string] => [tag, languageName(tag)])]}
          onPick={(value) => void reading.want({ language: value === '' ? undefined : value })}
        />
      )}
      <Button class="toggle" icon={CameraIcon} aria-pressed={photos} onClick={() => void reading.want({ photos: photos ? undefined : true })}>
        {t('reader.with_photos')}
      </Button>
      {reading.isFiltered.value && (
        <Button kind="quiet" icon={XIcon} onClick={() => void reading.clear()}>
          {t('reader.clear')}
        </Button>
      )}
      <Select
        class="select-last"
        label={t('reader.sort')}
        value={sort}
        options={[['newest', t('reader.sort.newest')], ['helpful', t('reader.sort.helpful')]]}
        onPick={(value) => void reading.want({ sort: value === 'helpful' ? 'helpful' : undefined })}
      />
    </section>
  );
}
