/** The help on the first screen, with its sentences; and below it, for who has bought something, how that was. */
import type { ComponentType, JSX } from 'preact';

import { needPart } from '../../i18n';
import '../../i18n/help';
import { Later } from '../../ui/Later';
import { useWidget } from '../widget-context';
import { HelpCard } from './HelpCard';

const loadRating = async (): Promise<ComponentType> => (await import('../reviews/card')).rateCard();

function FirstCards(): JSX.Element {
  const widget = useWidget();
  return (
    <>
      <HelpCard />
      {!widget.isGuest.value && <Later load={loadRating} props={{}} />}
    </>
  );
}

export async function helpCard(): Promise<ComponentType> {
  await needPart('help');
  return FirstCards;
}
