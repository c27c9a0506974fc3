/** The settings room: what is said and done often, labels, the marketplace's look, and webhooks. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { t } from '../../i18n';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { Brand } from './Brand';
import { Canned } from './Canned';
import { Labels } from './Labels';
import { Macros } from './Macros';
import { Webhooks } from './Webhooks';
import '../rooms.css';
import './settings-room.css';

const TABS = ['canned', 'macros', 'labels', 'brand', 'webhooks'] as const;
type Tab = (typeof TABS)[number];

export function Settings(): JSX.Element {
  const [tab, setTab] = useState<Tab>('canned');
  return (
    <>
      <header class="room-head">
        <h2>{t('console.settings')}</h2>
        <Tabs label={t('console.settings')} items={TABS.map((id) => ({ id, label: t(`console.settings.${id}`) }))} current={tab} onPick={setTab} />
      </header>
      <div class="room-body" role="tabpanel" id={panelId('', tab)} aria-labelledby={tabId('', tab)}>
        {tab === 'canned' && <Canned />}
        {tab === 'macros' && <Macros />}
        {tab === 'labels' && <Labels />}
        {tab === 'brand' && <Brand />}
        {tab === 'webhooks' && <Webhooks />}
      </div>
    </>
  );
}
