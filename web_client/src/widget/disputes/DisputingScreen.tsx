/** Something is wrong with what was bought: leads in four short steps to a dispute, and says what happens then. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { DisputeOptions, DisputeView, OrderView } from '../../protocol/generated';
import { refusalOf, type Refusal } from '../../protocol/refusal';
import { useClient } from '../../ui/client';
import { Button } from '../../ui/parts/Button';
import { EmptyState } from '../../ui/parts/EmptyState';
import { AlertIcon } from '../../ui/parts/icons';
import { SkeletonRows } from '../../ui/parts/Skeleton';
import { refusalText } from '../../ui/refusals';
import { ConnectionBanner } from '../../ui/threads/ConnectionBanner';
import { Head } from '../Head';
import type { DisputingPlace, Place } from '../widget';
import { Closed } from './Closed';
import { Done } from './Done';
import { LineChoice } from './LineChoice';
import { useDisputes } from './of';
import { Wizard } from './Wizard';
import './wizard.css';

export function DisputingScreen({ place }: { place: Place }): JSX.Element | null {
  if (place.kind !== 'disputing') return null;
  if (place.line === undefined) return <LineChoice key={place.order} order={place.order} />;
  return <Disputing key={place.line} place={place} line={place.line} />;
}

interface Known {
  order: OrderView;
  options: DisputeOptions;
}

function Disputing({ place, line }: { place: DisputingPlace; line: string }): JSX.Element {
  const [found, again] = useOptions(place.order, line);
  const [opened, setOpened] = useState<DisputeView | null>(null);
  if (opened !== null) return <Done view={opened} />;
  return (
    <>
      <Head title={t('dispute.wrong')} />
      <ConnectionBanner />
      {found === null && <SkeletonRows rows={4} label={t('common.loading')} />}
      {found instanceof Error && (
        <EmptyState icon={AlertIcon} title={t('dispute.error')} text={refusalText(found)}>
          <Button onClick={again}>{t('common.retry')}</Button>
        </EmptyState>
      )}
      {found !== null && !(found instanceof Error) && <Begun known={found} onOpened={setOpened} />}
    </>
  );
}

function Begun({ known: { order, options }, onOpened }: { known: Known; onOpened: (view: DisputeView) => void }): JSX.Element {
  const isPossible = options.reasons.length > 0 && options.dispute_id === undefined;
  return isPossible ? <Wizard order={order} options={options} onOpened={onOpened} /> : <Closed order={order} options={options} />;
}

/** What may be said of a line now, as the server knows it. */
function useOptions(order: string, line: string): [Known | Refusal | null, () => void] {
  const client = useClient();
  const { api } = useDisputes();
  const [found, setFound] = useState<Known | Refusal | null>(null);
  const load = useCallback(() => {
    setFound(null);
    Promise.all([client.api.order(order), api.options(order, line)]).then(
      ([view, options]) => { setFound({ order: view, options }); },
      (thrown: unknown) => { setFound(refusalOf(thrown)); },
    );
  }, [client, api, order, line]);
  useEffect(load, [load]);
  return [found, load];
}
