/** How long there is, and what happens then; only how long in a row of the list. */
import type { JSX } from 'preact';

import { TimeLeft } from '../../ui/disputes/TimeLeft';
import { useDesk } from '../desk-context';

export interface LeftProps {
  due: number;
  /** What happens then; only how long where it is not given. */
  then?: string;
  /** Alarms nobody: it is for the buyer to hurry. */
  calm?: boolean;
}

export function Left({ due, then, calm = false }: LeftProps): JSX.Element {
  return <TimeLeft due={due} then={then} calm={calm} skew={useDesk().client.chat.value.skew} />;
}
