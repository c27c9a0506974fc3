/** "How was it?", with its sentences. */
import type { ComponentType } from 'preact';

import { needPart } from '../../i18n';
import '../../i18n/reviews';
import { RateCard } from './RateCard';

export async function rateCard(): Promise<ComponentType> {
  await needPart('reviews');
  return RateCard;
}
