/** The promises of the desk: how often they were kept, and which were broken. */
import type { JSX } from 'preact';

import { formatNumber, formatWhen, t } from '../../i18n';
import type { DeskReport, KeptLevel } from '../../protocol/generated';
import { OpenThread } from './OpenThread';
import { Table } from './TableView';
import { moment, NOTHING, share, span } from './words';

export function Levels({ report }: { report: DeskReport }): JSX.Element {
  return (
    <section class="report-panel" aria-labelledby="levels-title">
      <div class="report-panel-head">
        <h3 id="levels-title">{t('console.reports.levels')}</h3>
      </div>
      <div class="report-levels">
        <Meter name={t('console.reports.first_level')} level={report.first_level} />
        <Meter name={t('console.reports.resolution_level')} level={report.resolution_level} />
      </div>
      <Breaches report={report} />
    </section>
  );
}

function Meter({ name, level: { kept, broken } }: { name: string; level: KeptLevel }): JSX.Element {
  const all = kept + broken;
  return (
    <div class="report-level">
      <p class="report-level-name">
        {name}
        <b class="figures">{share(kept, all)}</b>
      </p>
      <span class="report-level-bar" aria-hidden="true">
        <span class="report-level-fill" style={{ inlineSize: `${String(all === 0 ? 0 : (100 * kept) / all)}%` }} />
      </span>
      <p class="quiet figures">{t('console.reports.kept', { kept: formatNumber(kept), all: formatNumber(all) })}</p>
    </div>
  );
}

function Breaches({ report: { breaches, teams } }: { report: DeskReport }): JSX.Element {
  // Of one team there is nothing to tell apart.
  const names = new Map(teams.length > 1 ? teams.map(({ id, name }) => [id, name]) : []);
  return (
    <>
      <h4 class="report-panel-sub">{t('console.reports.breaches')}</h4>
      {breaches.length === 0 ? (
        <p class="quiet">{t('console.reports.breaches.none')}</p>
      ) : (
        <div class="report-breaches">
          <Table
            caption={t('console.reports.breaches')}
            quiet
            head={[
              t('console.reports.due'),
              t('console.reports.what'),
              t('console.reports.late'),
              t('console.reports.agent'),
              ...(names.size > 0 ? [t('console.reports.team')] : []),
              <span key="open" class="unseen">
                {t('console.reports.conversation')}
              </span>,
            ]}
            rows={breaches.map((breach) => [
              <time key="due" dateTime={new Date(breach.due).toISOString()} title={formatWhen(breach.due)}>
                {moment(breach.due)}
              </time>,
              t(`console.reports.${breach.what}`),
              <>
                {span(breach.late)}
                {breach.done_at === undefined && <span class="report-still">{t('console.reports.still')}</span>}
              </>,
              <bdi key="agent">{breach.agent?.name ?? NOTHING}</bdi>,
              ...(names.size > 0 ? [<bdi key="team">{names.get(breach.team_id) ?? NOTHING}</bdi>] : []),
              <OpenThread key="open" thread={breach.thread_id} />,
            ])}
          />
        </div>
      )}
    </>
  );
}
