/** A text with all that is to be known before it is judged; what may be done stands at its foot. */
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { IconButton } from '../../ui/parts/Button';
import { ArrowLeftIcon } from '../../ui/parts/icons';
import { Stars } from '../../ui/reviews/Stars';
import { useModeration } from './context';
import { keyOf } from './lane';
import type { Judged } from './watch';
import { languageText } from './words';

export interface CardProps {
  text: Judged;
  /** Beside the name of its part. */
  marks?: ComponentChildren;
  children: ComponentChildren;
  /** What may be done. */
  foot: ComponentChildren;
}

export function Card({ text, marks, children, foot }: CardProps): JSX.Element {
  const room = useModeration();
  const head = useRef<HTMLHeadingElement>(null);
  const turn = room.turn.value;
  const title = `judged-${keyOf(text).replace('/', '-')}`;

  // Whoever decides or walks by key is read the next one; who only looks is left where he is.
  useLayoutEffect(() => {
    if (turn > 0) head.current?.focus({ preventScroll: true });
  }, [turn]);

  return (
    <article class="editor judged" aria-labelledby={title}>
      <header class="editor-head judged-head">
        <IconButton icon={ArrowLeftIcon} label={t('common.back')} onClick={() => { room.isOpen.value = false; }} />
        <div class="judged-title">
          <h3 id={title} ref={head} tabIndex={-1}>
            <bdi>{text.product}</bdi>
          </h3>
          <p class="judged-about">
            <span>{t(`review.part.${text.part}`)}</span>
            <Stars stars={text.stars} size={15} />
            {marks}
          </p>
        </div>
      </header>
      <div class="editor-body scroll judged-body" tabIndex={0} role="group" aria-labelledby={title}>
        <Facts text={text} />
        {children}
      </div>
      <footer class="judged-foot">{foot}</footer>
    </article>
  );
}

function Facts({ text }: { text: Judged }): JSX.Element {
  const language = languageText(text.language);
  return (
    <dl class="judged-facts">
      <div>
        <dt>{t('console.moderation.author')}</dt>
        <dd>
          <bdi>{text.author.name}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t('console.moderation.shop')}</dt>
        <dd>
          <bdi>{text.shop.name}</bdi>
        </dd>
      </div>
      {language !== '' && (
        <div>
          <dt>{t('console.moderation.language')}</dt>
          <dd>{language}</dd>
        </div>
      )}
    </dl>
  );
}
