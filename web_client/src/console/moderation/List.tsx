/** All that wait, oldest first; above them what is selected, and what may be done with it. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { CheckIcon, MinusIcon } from '../../ui/parts/icons';
import { useModeration } from './context';
import { Key } from './Key';
import { keyOf } from './lane';
import { Reasons } from './Reasons';
import { Row } from './Row';

export function List(): JSX.Element {
  const room = useModeration();
  const isWaiting = room.tab.value === 'waiting';
  const lane = room.lane.value;
  const current = lane.current.value;
  const place = useRef<HTMLUListElement>(null);

  useEffect(() => {
    place.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  return (
    <section class="entries-list" aria-label={t(`console.moderation.${room.tab.value}`)}>
      {isWaiting && <Batch />}
      <ul class="scroll entries-scroll things" ref={place} tabIndex={-1}>
        {lane.texts.value.map((text) => (
          <Row
            key={keyOf(text)}
            text={text}
            isOpen={keyOf(text) === current}
            isSelected={isWaiting ? room.selected.value.has(keyOf(text)) : null}
          />
        ))}
      </ul>
    </section>
  );
}

function Batch(): JSX.Element {
  const room = useModeration();
  const [chosen, texts] = [room.chosen.value, room.waiting.texts.value];
  const isAll = chosen.length === texts.length;
  const toggle = (): void => {
    room.selected.value = isAll ? new Set() : new Set(texts.map(keyOf));
  };
  return (
    <div class="batch">
      <div class="batch-line">
        <button type="button" class="tick" role="checkbox" aria-checked={isAll ? 'true' : chosen.length > 0 ? 'mixed' : 'false'} onClick={toggle}>
          <span class="tick-box">{isAll ? <CheckIcon size={13} /> : chosen.length > 0 && <MinusIcon size={13} />}</span>
          <span>{chosen.length === 0 ? t('console.moderation.select_all') : t('console.moderation.selected', { count: chosen.length })}</span>
        </button>
      </div>
      {chosen.length > 0 && (
        <div class="batch-deeds">
          <Button size="s" kind="primary" onClick={() => { room.decide('publish', chosen); }}>
            {t('console.moderation.publish')} <Key name="⇧P" />
          </Button>
          <Button size="s" onClick={() => { room.choosing.value = 'refuse_selected'; }}>
            {t('console.moderation.refuse')} <Key name="⇧R" />
          </Button>
        </div>
      )}
      {chosen.length > 0 && room.choosing.value === 'refuse_selected' && <Reasons title={t('console.moderation.refuse.why')} suggested={null} />}
    </div>
  );
}
