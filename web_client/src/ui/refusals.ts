/** Refusals as sentences for people. Needs the part `more` of the catalogs. */
import { has, t } from '../i18n';
import { refusalOf, type Refusal } from '../protocol/refusal';
import { showToast } from './parts/Toast';

/** The most exact sentence that there is for a code and its reason. */
export function refusalText({ code, reason }: Pick<Refusal, 'code' | 'reason'>): string {
  const exact = `error.${code}.${reason}`;
  return has(exact) ? t(exact) : t(`error.${code}`);
}

/** Tells what went wrong with something that was pressed. */
export function tellRefusal(thrown: unknown): void {
  showToast({ text: refusalText(refusalOf(thrown)), tone: 'danger' });
}
