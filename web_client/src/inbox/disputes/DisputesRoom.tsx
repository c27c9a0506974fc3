/** The room of disputes and complaints: what waits for the shop by what is due first, and the case that is open. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { EmptyState } from '../../ui/parts/EmptyState';
import { ScaleIcon } from '../../ui/parts/icons';
import { useDesk } from '../desk-context';
import { RoomFrame } from '../RoomFrame';
import { ShopPick } from '../ShopPick';
import { CaseList } from './CaseList';
import { OpenCase } from './OpenCase';
import { addressOf, type Spot } from './spot';
import './docket.css';

export interface DisputesRoomProps {
  /** Whether the rail stands beside it, with the groups and all else. */
  isRoomy: boolean;
  /** One pane at a time. */
  isNarrow: boolean;
}

/** While another room is on its way here. */
const FIRST: Spot = { shelf: 'disputes' };

export function DisputesRoom({ isRoomy, isNarrow }: DisputesRoomProps): JSX.Element {
  const { disputes } = useDesk();
  const spot = disputes.spot.value ?? FIRST;
  useCaseFocus(spot, isNarrow);
  const isOpen = spot.id !== undefined;
  return (
    <RoomFrame title={t('inbox.disputes')} isRoomy={isRoomy} pick={<Pick />} isCovered={isNarrow && isOpen} class="disputes-pane">
      <div class="docket">
        <CaseList spot={spot} isAway={isNarrow && isOpen} />
        {spot.id !== undefined && <OpenCase key={spot.id} shelf={spot.shelf} id={spot.id} isNarrow={isNarrow} />}
        {!isOpen && !isNarrow && (
          <div class="docket-case">
            <EmptyState icon={ScaleIcon} title={t('inbox.disputes.pick')} text={t('inbox.disputes.pick.text')} />
          </div>
        )}
      </div>
    </RoomFrame>
  );
}

function Pick(): JSX.Element {
  const { disputes } = useDesk();
  const shelf = disputes.spot.value?.shelf ?? 'disputes';
  return (
    <ShopPick
      shop={disputes.shop.value}
      nameOf={({ id, name }) => {
        const count = disputes.waitingIn('disputes', id) + disputes.waitingIn('complaints', id);
        return count > 0 ? t('inbox.reviews.shop.waiting', { name, count }) : name;
      }}
      onPick={(shop) => {
        disputes.visit({ shelf, shop });
      }}
    />
  );
}

/** On a phone the case covers the list: the focus goes with it, and comes back to the row that it left. */
function useCaseFocus(spot: Spot, isNarrow: boolean): void {
  const before = useRef(spot);
  useEffect(() => {
    const left = before.current;
    before.current = spot;
    if (!isNarrow || left.id === spot.id) return;
    const to = spot.id === undefined ? `.docket a[href="${addressOf(left)}"]` : '#conversation';
    document.querySelector<HTMLElement>(to)?.focus({ preventScroll: true });
  }, [isNarrow, spot]);
}
