/** Where there is nothing to read: why, kindly, and what can be done. */
import type { JSX } from 'preact';

import { Later } from '../ui/Later';

export interface NothingProps {
  /** `stuck`: what was asked for later did not come, and what is there stays. */
  why: 'failed' | 'unrated' | 'wordless' | 'nothing' | 'stuck';
}

const load = (): Promise<(props: NothingProps) => JSX.Element> => import('./Reasons').then(({ Reasons }) => Reasons);

export function Nothing(props: NothingProps): JSX.Element {
  return <Later load={load} props={props} />;
}
