/** The choice of a demo person: buyers come onto this page, sellers have an inbox of their own. */
import type { JSX } from 'preact';
import { t } from '../src/i18n';
import { Avatar } from '../src/ui/parts/Avatar';
import { Banner } from '../src/ui/parts/Banner';
import { Dialog } from '../src/ui/parts/Dialog';
import { AlertIcon, CheckIcon, ExternalLinkIcon, UserIcon } from '../src/ui/parts/icons';
import { showToast } from '../src/ui/parts/Toast';
import { become, listOf, NOBODY, people, personId } from './market';
import { inboxLink, type DemoPerson } from './server';

export function PeopleDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const everybody = listOf(people.value);
  return (
    <Dialog title={t('demo.sign_in')} onClose={onClose}>
      <p class="quiet people-lead">{t('demo.sign_in.text')}</p>
      {people.value.kind === 'failed' && (
        <Banner tone="danger" icon={AlertIcon}>
          {t('demo.people_error')}
        </Banner>
      )}
      <PeopleList title={t('demo.buyers')} people={everybody.filter(({ role }) => role === 'buyer')} onClose={onClose} />
      <Nobody onClose={onClose} />
      <PeopleList title={t('demo.sellers')} people={everybody.filter(({ role }) => role === 'seller')} onClose={onClose} />
    </Dialog>
  );
}

interface PeopleListProps {
  title: string;
  people: readonly DemoPerson[];
  onClose: () => void;
}

function PeopleList({ title, people: listed, onClose }: PeopleListProps): JSX.Element | null {
  if (listed.length === 0) return null;
  return (
    <section class="people">
      <h3>{title}</h3>
      <ul>
        {listed.map((who) => (
          <li key={who.id}>
            <PersonRow who={who} onClose={onClose} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function PersonRow({ who, onClose }: { who: DemoPerson; onClose: () => void }): JSX.Element {
  const sells = who.role === 'seller';
  const pick = (): void => {
    onClose();
    if (sells) void openInbox(who);
    else become(who.id);
  };
  return (
    <button type="button" class="person" aria-pressed={sells ? undefined : who.id === personId.value} onClick={pick}>
      <Avatar name={who.name} size={36} />
      <span class="person-words">
        <bdi>{who.name}</bdi>
        {sells && <span class="quiet">{who.shop}</span>}
      </span>
      {sells && <ExternalLinkIcon size={16} />}
      {sells && <span class="unseen">{t('demo.open_inbox')}</span>}
      {who.id === personId.value && <CheckIcon size={18} />}
    </button>
  );
}

/** Somebody who only looks, and may ask for help. */
function Nobody({ onClose }: { onClose: () => void }): JSX.Element {
  const isHere = personId.value === NOBODY;
  return (
    <section class="people">
      <button
        type="button"
        class="person"
        aria-pressed={isHere}
        onClick={() => {
          onClose();
          become(NOBODY);
        }}
      >
        <span class="nobody">
          <UserIcon size={18} />
        </span>
        <span class="person-words">{t('demo.nobody')}</span>
        {isHere && <CheckIcon size={18} />}
      </button>
    </section>
  );
}

/** A single-use link, opened in a tab of its own. */
async function openInbox(who: DemoPerson): Promise<void> {
  // The tab is opened by the press itself: a browser blocks one that comes after waiting.
  const tab = window.open('', '_blank');
  try {
    const url = await inboxLink(who.id);
    if (tab) tab.location.href = url;
    else location.assign(url);
  } catch {
    tab?.close();
    showToast({ tone: 'danger', text: t('error.unavailable') });
  }
}
