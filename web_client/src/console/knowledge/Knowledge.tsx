/** The knowledge room: the FAQ's entries, what could not be answered, trying a question, and how the bot does. */
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { DownloadIcon } from '../../ui/parts/icons';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { tellRefusal } from '../../ui/refusals';
import { useConsole } from '../context';
import { Shown } from '../Shown';
import { useLoaded } from '../use-loaded';
import { Entries } from './Entries';
import { Figures } from './Figures';
import { blank, type Wish } from './drafts';
import { ImportButton, save } from './files';
import { TryQuestion } from './TryQuestion';
import { UnansweredList } from './UnansweredList';
import '../rooms.css';
import './knowledge.css';

const TABS = ['entries', 'unanswered', 'try', 'figures'] as const;
type Tab = (typeof TABS)[number];

export function Knowledge(): JSX.Element {
  const { api } = useConsole();
  const [tab, setTab] = useState<Tab>('entries');
  const [wish, setWish] = useState<Wish | null>(null);
  const load = useCallback(() => api.shelf(), [api]);
  const loaded = useLoaded(load);
  const { reload } = loaded;

  /** Opens the editor: of an entry, or of a new one, with what it is to begin with. */
  const edit = (next: Wish): void => {
    setWish(next);
    setTab('entries');
  };

  return (
    <>
      <header class="room-head">
        <h2>{t('console.knowledge')}</h2>
        <Tabs
          label={t('console.knowledge')}
          items={TABS.map((id) => ({ id, label: t(`console.knowledge.${id}`) }))}
          current={tab}
          onPick={setTab}
        />
        <div class="room-tools">
          <ImportButton onDone={reload} />
          <Button
            size="s"
            icon={DownloadIcon}
            onClick={() => {
              api.file('csv').then((file) => {
                save(file, 'faq.csv');
              }, tellRefusal);
            }}
          >
            {t('console.export')}
          </Button>
          <Button
            size="s"
            kind="primary"
            onClick={() => {
              edit({ kind: 'new', entry: blank() });
            }}
          >
            {t('console.entry.new')}
          </Button>
        </div>
      </header>
      <div class="room-body" role="tabpanel" id={panelId('', tab)} aria-labelledby={tabId('', tab)}>
        <Shown loaded={loaded}>
          {(shelf) => (
            <>
              {tab === 'entries' && <Entries shelf={shelf} wish={wish} onWish={setWish} onChange={reload} />}
              {tab === 'unanswered' && <UnansweredList shelf={shelf} onEdit={edit} />}
              {tab === 'try' && <TryQuestion shelf={shelf} onEdit={edit} />}
              {tab === 'figures' && <Figures shelf={shelf} onEdit={edit} />}
            </>
          )}
        </Shown>
      </div>
    </>
  );
}
