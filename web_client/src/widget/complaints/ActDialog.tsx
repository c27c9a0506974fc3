/** One step of a buyer in his complaint: what it means, and the press that makes it. */
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';

import { t } from '../../i18n';
import type { ComplaintView } from '../../protocol/generated';
import { useClient } from '../../ui/client';
import type { Act } from '../../ui/complaints/mine';
import { WordsArea } from '../../ui/complaints/WordsArea';
import { EvidenceWriting } from '../../ui/disputes/writing';
import { ActFrame } from '../cases/ActFrame';
import { useComplaints } from './of';

export interface ActDialogProps {
  act: Act;
  view: ComplaintView;
  onClose: () => void;
}

export function ActDialog({ act, view, onClose }: ActDialogProps): JSX.Element {
  const client = useClient();
  const mine = useComplaints();
  const writing = useMemo(() => new EvidenceWriting(client, `complaint:${view.id}:${act}`), [client, view.id, act]);
  // What is pressed is about what was seen when the window opened, whatever has come since.
  const [seen] = useState(view);
  const isEmpty = act === 'not_solved' && writing.text.value.trim() === '';

  const make = async (): Promise<void> => {
    await mine.move(seen, act, writing.body().text ?? '', writing.keyOf([act, seen.revision]));
    writing.forget();
  };
  return (
    <ActFrame
      title={t(`complaint.act.${act}`)}
      meaning={t(`complaint.means.${act}`)}
      press={act === 'withdraw' ? t('complaint.act.withdraw') : t('common.send')}
      isDanger={act === 'withdraw'}
      isReady={!isEmpty && writing.isWhole.value}
      make={make}
      told={t(`complaint.did.${act}`)}
      onClose={onClose}
    >
      {(isAsked) => act === 'not_solved' && (
        <WordsArea writing={writing} label={t('complaint.missing')} fault={isAsked && isEmpty ? t('complaint.missing.lack') : ''} />
      )}
    </ActFrame>
  );
}
