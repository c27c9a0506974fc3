/** Buyers' messages that were reported: what is spam need not be answered, and does not count in the shop's figure. */
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import { formatWhen, has, t } from '../../i18n';
import type { ReportedMessage } from '../../protocol/generated';
import { Badge } from '../../ui/parts/Badge';
import { Button } from '../../ui/parts/Button';
import { tellRefusal } from '../../ui/refusals';
import { useComplaints } from './context';
import { Listed } from './Listed';

export function Reported(): JSX.Element {
  const { api } = useComplaints();
  const load = useCallback(async () => (await api.reportedMessages()).reports, [api]);
  return (
    <Listed name="reported" load={load}>
      {(report, reload) => <Report key={report.report_id} report={report} onSettled={reload} />}
    </Listed>
  );
}

function Report({ report, onSettled }: { report: ReportedMessage; onSettled: () => void }): JSX.Element {
  const { api } = useComplaints();
  const [busy, setBusy] = useState<boolean | null>(null);
  const { buyer, shop, reporter, reason, words, spam } = report;
  const settle = async (isSpam: boolean): Promise<void> => {
    setBusy(isSpam);
    await api.settleReport(report.report_id, isSpam).then(onSettled, tellRefusal);
    setBusy(null);
  };
  const why = `report.reason.${reason}`;
  return (
    <li class="flagged">
      <div class="flagged-head">
        <h3>
          <bdi>{buyer.name}</bdi> → <bdi>{shop.name}</bdi>
        </h3>
        {spam !== undefined && <Badge tone={spam ? 'danger' : 'good'}>{t(spam ? 'console.complaints.spam.is' : 'console.complaints.spam.not')}</Badge>}
      </div>
      <p class="quiet figures">{formatWhen(report.at)}</p>
      <blockquote class="said said-text" dir="auto">{report.text}</blockquote>
      <p class="quiet">
        {t('console.complaints.reported.by', { name: reporter.name, reason: has(why) ? t(why) : reason })}
      </p>
      {words !== '' && <p dir="auto">{words}</p>}
      <div class="case-deeds">
        <Button size="s" busy={busy === true} disabled={spam === true} onClick={() => void settle(true)}>{t('console.complaints.spam')}</Button>
        <Button size="s" busy={busy === false} disabled={spam === false} onClick={() => void settle(false)}>{t('console.complaints.no_spam')}</Button>
      </div>
    </li>
  );
}
