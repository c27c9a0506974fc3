/** Whether a team with these hours is there now, and until when: in its own zone and in the reader's. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { CircleCheckIcon, ClockIcon } from '../../ui/parts/icons';
import '../../ui/parts/tones.css';
import { offsetOf, ownZone, standing, type Hours } from './hours';
import { timeIn } from './names';

const LOOKED_AGAIN_MS = 15_000;

export function StandingLine(hours: Hours): JSX.Element {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => { setNow(Date.now()); }, LOOKED_AGAIN_MS);
    return () => { clearInterval(timer); };
  }, []);

  const { isOpen, until } = standing(hours, now);
  const here = ownZone();
  const isElsewhere = until !== null && offsetOf(here, until) !== offsetOf(hours.zone, until);
  return (
    <p class={`standing ${isOpen ? 'tone-good' : 'tone-neutral'}`} role="status">
      {isOpen ? <CircleCheckIcon size={16} /> : <ClockIcon size={16} />}
      <span>{sentence(hours, isOpen, until, now)}</span>
      {isElsewhere && <span class="standing-here">{t('console.team.here', { when: timeIn(here, until, now) })}</span>}
    </p>
  );
}

function sentence({ zone }: Hours, isOpen: boolean, until: number | null, now: number): string {
  if (until === null) return t(isOpen ? 'console.team.open_always' : 'console.team.never');
  const place = zone.split('/').pop()?.replaceAll('_', ' ') ?? zone;
  return t(isOpen ? 'console.team.open_until' : 'console.team.opens', { when: timeIn(zone, until, now), zone: place });
}
