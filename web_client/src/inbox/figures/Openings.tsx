/** Every opening with what became of it in the figure, newest first; of many only those in sight are drawn. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { formatNumber, t } from '../../i18n';
import { formatDate } from '../../i18n/more';
import type { CountedOpening, ResponseExplained } from '../../protocol/generated';
import { Badge } from '../../ui/parts/Badge';
import type { Tone } from '../../ui/parts/Banner';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import '../../ui/parts/tabs-line.css';
import { VirtualList } from '../../ui/parts/VirtualList';
import '../reviews/explained.css';
import { tookText } from './names';
import { FATES, openingsIn, SECTIONS, type Section } from './openings';

const NAME = 'openings-';
const RULES = ['opening', 'answer', 'left_out', 'holidays'] as const;

export function Openings({ found }: { found: ResponseExplained }): JSX.Element {
  const [section, setSection] = useState<Section>('counted');
  const shown = openingsIn(section, found.openings);
  return (
    <div class="explained">
      <ul class="explained-rules">
        {RULES.map((rule) => (
          <li key={rule}>{t(`inbox.response.rule.${rule}`)}</li>
        ))}
      </ul>
      <Tabs
        label={t('inbox.response.openings')}
        name={NAME}
        items={SECTIONS.map((id) => ({ id, label: `${t(`inbox.response.${id}`)} (${formatNumber(openingsIn(id, found.openings).length)})` }))}
        current={section}
        onPick={setSection}
      />
      <div id={panelId(NAME, section)} role="tabpanel" aria-labelledby={tabId(NAME, section)}>
        {shown.length === 0 ? <p class="quiet explained-none">{t('inbox.reviews.why.nothing')}</p> : <Lines key={section} openings={shown} label={t(`inbox.response.${section}`)} />}
      </div>
    </div>
  );
}

/** So many are drawn at once. */
const FEW = 60;

/** What a line measures with common type; the list finds out the truth. */
const LINE_HEIGHT = 56;

function Lines({ openings, label }: { openings: readonly CountedOpening[]; label: string }): JSX.Element {
  if (openings.length > FEW) {
    return (
      <VirtualList class="explained-many" items={openings} keyOf={keyOf} rowHeight={LINE_HEIGHT} label={label}>
        {draw}
      </VirtualList>
    );
  }
  return (
    <ul aria-label={label}>
      {openings.map((opening) => (
        <li key={keyOf(opening)}>{draw(opening)}</li>
      ))}
    </ul>
  );
}

function keyOf({ thread_id: thread, seq }: CountedOpening): string {
  return `${thread}/${String(seq)}`;
}

function draw(opening: CountedOpening): JSX.Element {
  return <Line opening={opening} />;
}

const LOOKS: Readonly<Record<CountedOpening['fate'], Tone>> = {
  in_time: 'good',
  late: 'danger',
  unanswered: 'danger',
  waiting: 'warn',
  withdrawn: 'neutral',
  spam: 'neutral',
};

/** A link to the message that waited. */
function Line({ opening }: { opening: CountedOpening }): JSX.Element {
  const { fate, took_ms: took } = opening;
  return (
    <a class="explained-line opening-line" href={`#/t/${opening.thread_id}/${String(opening.seq)}`}>
      <span class="explained-given opening-given">
        <span class="opening-who">
          <bdi class="clip">{opening.buyer.name}</bdi>
          <span aria-hidden="true">·</span>
          <bdi class="clip">{opening.about}</bdi>
        </span>
        <time class="figures quiet" dateTime={new Date(opening.at).toISOString()}>
          {formatDate(opening.at)}
        </time>
      </span>
      <span class="explained-fate">
        {took !== undefined && FATES[fate] === 'counted' && <span class="quiet figures">{tookText(took)}</span>}
        <Badge tone={LOOKS[fate]}>{t(`inbox.response.fate.${fate}`)}</Badge>
      </span>
    </a>
  );
}
