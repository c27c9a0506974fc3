/** The case that is open: asked for again and again as long as somebody looks at it. */
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import type { DisputeView } from '../../protocol/generated';
import { DisputeState } from '../../ui/disputes/DisputeState';
import { evidencePhotos } from '../../ui/disputes/EvidencePhoto';
import { Banner } from '../../ui/parts/Banner';
import { Button, IconButton } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon, ArrowLeftIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { Around } from './Around';
import { CaseBody } from './CaseBody';
import { useDocket } from './context';
import { RemedyForm } from './RemedyForm';
import { standingOf } from './standing';
import { Verdict } from './Verdict';

export function CasePane({ id }: { id: string }): JSX.Element {
  const docket = useDocket();
  const photos = useMemo(() => evidencePhotos((evidence, variant) => docket.api.evidence(id, evidence, variant)), [docket, id]);
  // At once: a case that was left is not asked for once more before the next one is painted.
  useLayoutEffect(() => docket.case.start(), [docket, id]);
  const [opened, dispute, refusal] = [docket.case.value.value, docket.dispute.value, docket.case.refusal.value];

  if (opened === null || dispute === null) {
    return (
      <article class="editor case">
        {refusal === null ? <SkeletonRows label={t('common.loading')} /> : <Missing refusal={refusalText(refusal)} />}
      </article>
    );
  }
  const writing = docket.writing.value;
  return (
    <article class="editor case" aria-labelledby="case-title">
      <Head dispute={dispute} isForMe={['free', 'mine'].includes(standingOf(opened, docket.me))} />
      {refusal !== null && <Banner tone="warn" icon={AlertIcon}>{refusalText(refusal)}</Banner>}
      <div class={`editor-body scroll case-body${writing === null ? '' : ' case-writing'}`} tabIndex={0} role="group" aria-labelledby="case-title">
        <CaseBody opened={opened} photos={photos} />
        {writing === null ? <Around opened={opened} /> : <RemedyForm key={writing} dispute={dispute} writing={writing} />}
      </div>
      {writing === null && <Verdict opened={opened} />}
    </article>
  );
}

function Missing({ refusal }: { refusal: string }): JSX.Element {
  const docket = useDocket();
  return (
    <EmptyState icon={AlertIcon} title={refusal}>
      <Button onClick={() => void docket.case.refresh()}>{t('common.retry')}</Button>
      <Button kind="quiet" onClick={() => { docket.leave(); }}>{t('common.back')}</Button>
    </EmptyState>
  );
}

/** `isForMe`: it is not a colleague's to decide. */
function Head({ dispute, isForMe }: { dispute: DisputeView; isForMe: boolean }): JSX.Element {
  const docket = useDocket();
  const title = useRef<HTMLHeadingElement>(null);
  const turn = docket.turn.value;
  useLayoutEffect(() => {
    if (turn > 0) title.current?.focus({ preventScroll: true });
  }, [turn]);
  return (
    <header class="editor-head case-head">
      <IconButton class="case-back" icon={ArrowLeftIcon} label={t('common.back')} onClick={() => { docket.leave(); }} />
      <div class="case-title">
        <h2 id="case-title" ref={title} tabIndex={-1}>
          <bdi>{dispute.line.title}</bdi>
        </h2>
        <p class="quiet">
          {t(`dispute.reason.${dispute.reason}`)} · <span class="case-number">{t('order.number', { number: dispute.order_number })}</span>
        </p>
      </div>
      <DisputeState view={{ state: dispute.state, my_side: 'mediator', ...(isForMe && { waits_for: 'mediator' }) }} />
    </header>
  );
}
