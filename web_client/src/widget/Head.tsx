/** The line above a screen: where one is, the way back, the way out. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../i18n';
import { IconButton } from '../ui/parts/Button';
import { ArrowLeftIcon } from '../ui/parts/icons';
import { CloseButton } from './CloseButton';
import { useWidget } from './widget-context';

export interface HeadProps {
  title: ComponentChildren;
  /** Under the title, quieter. */
  note?: ComponentChildren;
  /** A picture before the title. */
  picture?: JSX.Element;
  /** Buttons before the way out. */
  children?: ComponentChildren;
}

/** A name of more letters is written smaller. */
const LONG = 24;

/** The head of a screen on top. The focus comes here when the screen does. */
export function Head({ title, note, picture, children }: HeadProps): JSX.Element {
  const widget = useWidget();
  const heading = useRef<HTMLHeadingElement>(null);
  const isTop = widget.stack.value.length > 0;

  useEffect(() => {
    if (isTop && document.hasFocus()) heading.current?.focus({ preventScroll: true });
  }, [isTop]);

  return (
    <header class="head">
      {isTop && (
        <IconButton
          icon={ArrowLeftIcon}
          label={t('common.back')}
          onClick={() => {
            widget.back();
          }}
        />
      )}
      {picture}
      <div class="head-words">
        <h1 ref={heading} tabIndex={-1} class={`clip${typeof title === 'string' && title.length > LONG ? ' head-long' : ''}`} dir="auto">
          {title}
        </h1>
        {note !== undefined && <p class="head-note clip">{note}</p>}
      </div>
      {children}
      <CloseButton />
    </header>
  );
}
