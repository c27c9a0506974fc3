/** The help on the first screen, ready to be drawn. */
import type { ComponentType } from 'preact';

import { needPart } from '../../i18n';
import '../../i18n/help';
import { HelpCard } from './HelpCard';

export async function helpCard(): Promise<ComponentType> {
  await needPart('help');
  return HelpCard;
}
