/** Everybody who works here or did, a row each. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { formatNumber, t } from '../../i18n';
import type { StaffPerson } from '../../protocol/generated';
import { Avatar } from '../../ui/parts/Avatar';
import { Badge } from '../../ui/parts/Badge';
import { Banner } from '../../ui/parts/Banner';
import { EmptyState } from '../../ui/parts/EmptyState';
import { BanIcon, EllipsisIcon, InfoIcon, PencilIcon, SendIcon, UndoIcon, UserIcon } from '../../ui/parts/icons';
import { Menu, type MenuItem } from '../../ui/parts/Menu';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { useConsole } from '../context';
import { Confirm } from '../EditorFrame';
import { PersonDialog } from './PersonDialog';
import { inOrder, teamNames, type Staff } from './staff';

export interface PeopleProps {
  staff: Staff;
  onChange: () => void;
}

type Asked = { what: 'change' | 'turn'; person: StaffPerson } | null;

export function People({ staff, onChange }: PeopleProps): JSX.Element {
  const { api } = useConsole();
  const [asked, setAsked] = useState<Asked>(null);
  const close = (): void => { setAsked(null); };

  const turn = async ({ id, revision, active }: StaffPerson): Promise<void> => {
    await api.changePerson(id, { revision, active: !active }).finally(onChange);
    showToast({ text: t('console.saved'), tone: 'good' });
  };

  if (staff.people.length === 0) {
    return <EmptyState icon={UserIcon} title={t('console.team.people.none')} text={t('console.team.people.none.text')} />;
  }
  return (
    <div class="people scroll">
      {!staff.mail && <Banner icon={InfoIcon}>{t('console.team.no_mail')}</Banner>}
      <table>
        <caption class="unseen">{t('console.team.people')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('console.team.name')}</th>
            <th scope="col">{t('console.team.role')}</th>
            <th scope="col">{t('console.team.teams')}</th>
            <th scope="col">{t('console.team.capacity')}</th>
            <th scope="col">{t('console.team.permissions')}</th>
            <th scope="col">{t('console.team.now')}</th>
            <th><span class="unseen">{t('common.more')}</span></th>
          </tr>
        </thead>
        <tbody>
          {inOrder(staff.people).map((person) => (
            <Row key={person.id} person={person} staff={staff} onAsk={setAsked} />
          ))}
        </tbody>
      </table>
      {asked?.what === 'change' && (
        <PersonDialog
          person={asked.person}
          teams={staff.teams}
          onClose={close}
          onDone={() => {
            close();
            onChange();
          }}
        />
      )}
      {asked?.what === 'turn' && (
        <Confirm
          title={t(asked.person.active ? 'console.team.deactivate.title' : 'console.team.activate.title', { name: asked.person.name })}
          text={t(asked.person.active ? 'console.team.deactivate.text' : 'console.team.activate.text')}
          label={t(asked.person.active ? 'console.team.deactivate' : 'console.team.activate')}
          run={() => turn(asked.person)}
          onClose={close}
        />
      )}
    </div>
  );
}

interface RowProps {
  person: StaffPerson;
  staff: Staff;
  onAsk: (asked: Asked) => void;
}

function Row({ person, staff, onAsk }: RowProps): JSX.Element {
  const teams = teamNames(person, staff.teams);
  const permissions = person.permissions.map((one) => t(`console.team.permission.${one}`)).join(', ');
  return (
    <tr class={person.active ? '' : 'people-gone'}>
      <th scope="row">
        <span class="people-who">
          <Avatar name={person.name} size={32} />
          <span class="people-names">
            <bdi class="clip">{person.name}</bdi>
            <span class="clip quiet" dir="ltr">{person.email}</span>
          </span>
        </span>
      </th>
      <td data-label={t('console.team.role')}>{t(`console.role.${person.role}`)}</td>
      <td data-label={t('console.team.teams')} dir="auto">{teams === '' ? '—' : teams}</td>
      <td data-label={t('console.team.capacity')} class="figures">{formatNumber(person.capacity)}</td>
      <td data-label={t('console.team.permissions')}>{permissions === '' ? '—' : permissions}</td>
      <td data-label={t('console.team.now')}><Now person={person} /></td>
      <td class="people-more"><RowMenu person={person} mail={staff.mail} onAsk={onAsk} /></td>
    </tr>
  );
}

function Now({ person: { active, invited, availability } }: { person: StaffPerson }): JSX.Element {
  if (!active) return <Badge icon={BanIcon}>{t('console.team.inactive')}</Badge>;
  if (invited) return <Badge tone="warn" icon={SendIcon}>{t('console.team.invited')}</Badge>;
  return (
    <Badge tone={availability === 'online' ? 'good' : 'neutral'}>{t(`console.team.availability.${availability}`)}</Badge>
  );
}

function RowMenu({ person, mail, onAsk }: { person: StaffPerson; mail: boolean; onAsk: (asked: Asked) => void }): JSX.Element {
  const { api, me } = useConsole();
  const items: MenuItem[] = [
    { id: 'change', label: t('console.team.change'), icon: PencilIcon, onPick: () => { onAsk({ what: 'change', person }); } },
  ];
  if (person.invited && person.active && mail) {
    items.push({
      id: 'again',
      label: t('console.team.invite_again'),
      icon: SendIcon,
      onPick: () => {
        api.inviteAgain(person.id).then(() => {
          showToast({ text: t('console.team.invite.sent', { email: person.email }), tone: 'good' });
        }, tellRefusal);
      },
    });
  }
  if (person.id !== me.id) {
    items.push({
      id: 'turn',
      label: t(person.active ? 'console.team.deactivate' : 'console.team.activate'),
      icon: person.active ? BanIcon : UndoIcon,
      danger: person.active,
      apart: true,
      onPick: () => { onAsk({ what: 'turn', person }); },
    });
  }
  return <Menu label={t('console.team.more', { name: person.name })} icon={EllipsisIcon} items={items} size="s" />;
}
