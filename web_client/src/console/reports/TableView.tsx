/** Tables of the reports: the one behind a chart, and those that stand open. */
import type { ComponentChildren, JSX } from 'preact';

import { t } from '../../i18n';

export interface TableProps {
  caption: string;
  head: readonly ComponentChildren[];
  /** The first of a row names it. */
  rows: readonly (readonly ComponentChildren[])[];
  /** Whether the caption is for ears only, because a heading says the same. */
  quiet?: boolean;
}

/** It scrolls sideways by itself where it is too wide, also by keyboard. */
export function Table({ caption, head, rows, quiet = false }: TableProps): JSX.Element {
  return (
    <div class="report-table-scroll" role="group" aria-label={caption} tabIndex={0}>
      <table class="report-table">
        <caption class={quiet ? 'unseen' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {head.map((name, place) => (
              <th scope="col" key={place}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // Rows have no other name: those of a table are drawn anew together.
            <tr key={index}>
              {row.map((cell, place) =>
                place === 0 ? (
                  <th scope="row" key={place}>
                    {cell}
                  </th>
                ) : (
                  <td key={place}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a chart shows, in words, folded away until it is wanted. */
export function TableView({ isOpen, ...props }: TableProps & { isOpen: boolean }): JSX.Element {
  return (
    <details class="report-as-table" open={isOpen}>
      <summary>{t('console.reports.as_table')}</summary>
      <Table {...props} quiet />
    </details>
  );
}
