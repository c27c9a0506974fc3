/** The team room: who works here, in which teams, and when these are there. */
import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { PlusIcon } from '../../ui/parts/icons';
import { panelId, tabId, Tabs } from '../../ui/parts/Tabs';
import { useConsole } from '../context';
import { useOpened } from '../ListRoom';
import { Shown } from '../Shown';
import { useLoaded } from '../use-loaded';
import { InviteDialog } from './InviteDialog';
import { People } from './People';
import { TeamList } from './TeamList';
import '../rooms.css';
import './team.css';

const TABS = ['people', 'teams'] as const;
type Tab = (typeof TABS)[number];

export function Team(): JSX.Element {
  const { api } = useConsole();
  const [tab, setTab] = useState<Tab>('people');
  const [invites, setInvites] = useState(false);
  const opened = useOpened();
  const load = useCallback(async () => {
    const [{ people, mail }, { teams, topics }] = await Promise.all([api.people(), api.teams()]);
    return { people, mail, teams, topics };
  }, [api]);
  const loaded = useLoaded(load);
  const { value, reload } = loaded;

  return (
    <>
      <header class="room-head">
        <h2>{t('console.team')}</h2>
        <Tabs label={t('console.team')} items={TABS.map((id) => ({ id, label: t(`console.team.${id}`) }))} current={tab} onPick={setTab} />
        <div class="room-tools">
          {tab === 'people' ? (
            <Button size="s" kind="primary" icon={PlusIcon} disabled={value?.mail !== true} onClick={() => { setInvites(true); }}>
              {t('console.team.invite')}
            </Button>
          ) : (
            <Button size="s" kind="primary" icon={PlusIcon} disabled={value === null} onClick={() => { opened.open(null); }}>
              {t('console.team.new')}
            </Button>
          )}
        </div>
      </header>
      <div class="room-body" role="tabpanel" id={panelId('', tab)} aria-labelledby={tabId('', tab)}>
        <Shown loaded={loaded}>
          {(staff) =>
            tab === 'people' ? (
              <People staff={staff} onChange={reload} />
            ) : (
              <TeamList staff={staff} opened={opened} onChange={reload} />
            )
          }
        </Shown>
      </div>
      {invites && value !== null && (
        <InviteDialog
          teams={value.teams}
          onClose={() => { setInvites(false); }}
          onDone={() => {
            setInvites(false);
            reload();
          }}
        />
      )}
    </>
  );
}
