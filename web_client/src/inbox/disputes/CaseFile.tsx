/** All of a dispute but what is said: the clock, the offers, the steps that may be made, the evidence, what has happened. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { formatWhen, t } from '../../i18n';
import { formatMoney } from '../../i18n/more';
import type { DisputeView } from '../../protocol/generated';
import { Countdown } from '../../ui/disputes/Countdown';
import { Evidence } from '../../ui/disputes/Evidence';
import { evidencePhotos } from '../../ui/disputes/EvidencePhoto';
import { Offers } from '../../ui/disputes/Offers';
import { RefundProgress } from '../../ui/disputes/RefundProgress';
import { ReturnSteps } from '../../ui/disputes/ReturnSteps';
import { Timeline } from '../../ui/disputes/Timeline';
import { Later } from '../../ui/Later';
import { Button } from '../../ui/parts/Button';
import { AttachIcon, ScaleIcon, type IconPart } from '../../ui/parts/icons';
import { useDesk } from '../desk-context';
import type { StepDialogProps } from './StepDialog';
import { actsOf, type ShopAct } from './steps';

export interface CaseFileProps {
  view: DisputeView;
  shop: string;
}

const loadStep = async (): Promise<(props: StepDialogProps) => JSX.Element> => (await import('./StepDialog')).StepDialog;

/** Those that stand under what they answer. */
const UNDER = { wish: 'accept', proposal: 'agree', offer: null } as const;

export function CaseFile({ view, shop }: CaseFileProps): JSX.Element {
  const { client, disputes } = useDesk();
  const [doing, setDoing] = useState<ShopAct | null>(null);
  const photos = useMemo(() => evidencePhotos((piece, variant) => disputes.api.evidence(view.id, piece, variant)), [disputes, view.id]);
  const acts = actsOf(view);
  useEffect(() => client.visit(view.thread_id), [client, view.thread_id]);
  useWayBack(doing);

  return (
    <div class="case-file">
      <Countdown view={view} skew={client.chat.value.skew} />
      <p class="case-claim">
        {t(`dispute.reason.${view.reason}`)}
        <span class="quiet"> · {t('inbox.disputes.paid', { amount: formatMoney(view.line.paid) })}</span>
      </p>
      <Offers
        view={view}
        under={(offered) => {
          const act = UNDER[offered];
          return act !== null && acts.includes(act) && <StepButton act={act} onPick={setDoing} />;
        }}
      />
      <Steps view={view} acts={acts.filter((act) => act !== 'accept' && act !== 'agree')} onPick={setDoing} />
      <ReturnSteps view={view} />
      <RefundProgress view={view} />
      <Part title={t('dispute.evidence')}>
        <Evidence view={view} photos={photos} />
      </Part>
      <Part title={t('dispute.timeline')}>
        <History view={view} photos={photos} />
      </Part>
      {doing !== null && (
        <Later
          load={loadStep}
          props={{
            view,
            shop,
            act: doing,
            onClose: () => {
              setDoing(null);
            },
          }}
        />
      )}
    </div>
  );
}

/** Where the button that was pressed is gone with the step, the focus stays in the room. */
function useWayBack(doing: ShopAct | null): void {
  const before = useRef(doing);
  useEffect(() => {
    const isDone = before.current !== null && doing === null;
    before.current = doing;
    if (isDone && document.activeElement === document.body) document.getElementById('conversation')?.focus({ preventScroll: true });
  }, [doing]);
}

function Part({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="case-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function History({ view, photos }: { view: DisputeView; photos: ReturnType<typeof evidencePhotos> }): JSX.Element {
  const { client } = useDesk();
  const timeline = client.chat.value.threads.get(view.thread_id)?.timeline ?? null;
  const onEarlier = (): void => {
    client.history.older(view.thread_id).catch(() => undefined);
  };
  return <Timeline view={view} events={timeline?.events ?? null} photos={photos} onEarlier={timeline?.moreBefore === true ? onEarlier : undefined} />;
}

interface StepsProps {
  view: DisputeView;
  acts: readonly ShopAct[];
  onPick: (act: ShopAct) => void;
}

function Steps({ view: { escalate_from: from }, acts, onPick }: StepsProps): JSX.Element | null {
  if (acts.length === 0) return null;
  return (
    <div class="case-steps">
      {acts.map((act) => (
        <StepButton key={act} act={act} onPick={onPick} />
      ))}
      {from !== undefined && !acts.includes('escalate') && <p class="quiet">{t('inbox.disputes.escalate_from', { date: formatWhen(from) })}</p>}
    </div>
  );
}

const CHIEF: ReadonlySet<ShopAct> = new Set(['accept', 'agree', 'address', 'receive']);
const ICONS: Partial<Record<ShopAct, IconPart>> = { escalate: ScaleIcon, evidence: AttachIcon };

function StepButton({ act, onPick }: { act: ShopAct; onPick: (act: ShopAct) => void }): JSX.Element {
  return (
    <Button
      kind={CHIEF.has(act) ? 'primary' : 'plain'}
      icon={ICONS[act]}
      onClick={() => {
        onPick(act);
      }}
    >
      {t(`inbox.disputes.do.${act}`)}
    </Button>
  );
}
