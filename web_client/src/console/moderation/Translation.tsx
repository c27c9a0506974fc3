/** The text in the moderator's language, where he asks for it and there is one. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { locale, t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { GlobeIcon } from '../../ui/parts/icons';
import { tellRefusal } from '../../ui/refusals';
import { useModeration } from './context';
import { Key } from './Key';
import type { Judged } from './watch';

type Shown = { kind: 'original' } | { kind: 'asked' } | { kind: 'translated'; text: string | null };

export function Translation({ text }: { text: Judged }): JSX.Element | null {
  const room = useModeration();
  const [shown, setShown] = useState<Shown>({ kind: 'original' });
  const wish = room.translations.value;
  const heard = useRef(wish);
  const isForeign = text.text !== '' && text.language !== locale.value;

  const ask = async (): Promise<void> => {
    setShown({ kind: 'asked' });
    try {
      const found = await room.api.translateText(text, locale.value);
      setShown({ kind: 'translated', text: found.text ?? null });
    } catch (thrown) {
      tellRefusal(thrown);
      setShown({ kind: 'original' });
    }
  };
  useEffect(() => {
    if (heard.current === wish) return;
    heard.current = wish;
    if (isForeign && shown.kind === 'original') void ask();
  });

  if (!isForeign) return null;
  return (
    <div class="judged-translation" aria-live="polite">
      {shown.kind === 'translated' ? (
        <>
          <h4>{t('console.moderation.translation')}</h4>
          {shown.text === null ? <p class="quiet">{t('console.moderation.no_translation')}</p> : <p class="judged-text" dir="auto">{shown.text}</p>}
        </>
      ) : (
        <Button size="s" kind="quiet" icon={GlobeIcon} busy={shown.kind === 'asked'} onClick={() => void ask()}>
          {t('console.moderation.translate')} <Key name="T" />
        </Button>
      )}
    </div>
  );
}
