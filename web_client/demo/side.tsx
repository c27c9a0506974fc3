/** Two people of the demo in one window: the buyer's market on one side, the seller's inbox on the other. */
import { render, type JSX } from 'preact';
import { signal } from '@preact/signals';
import { locale, needPart, t } from '../src/i18n';
import '../src/i18n/demo';
import '../src/i18n/more';
import '../src/styles/base.css';
import { Avatar } from '../src/ui/parts/Avatar';
import { Button } from '../src/ui/parts/Button';
import { EmptyState } from '../src/ui/parts/EmptyState';
import { AlertIcon, ArrowLeftIcon } from '../src/ui/parts/icons';
import { Skeleton } from '../src/ui/parts/Skeleton';
import { listOf, people, startMarket } from './market';
import { inboxLink, type DemoPerson } from './server';
import './side.css';

/** Where the seller's inbox opens. The link works once, so a choice of seller asks for another one. */
const inbox = signal<string | null>(null);
const failed = signal(false);
const buyer = signal<DemoPerson | null>(null);
const seller = signal<DemoPerson | null>(null);

async function showSeller(who: DemoPerson): Promise<void> {
  seller.value = who;
  inbox.value = null;
  failed.value = false;
  try {
    const url = await inboxLink(who.id);
    if (seller.value.id === who.id) inbox.value = url;
  } catch {
    failed.value = true;
  }
}

function of(role: DemoPerson['role']): DemoPerson[] {
  return listOf(people.value).filter((who) => who.role === role);
}

function Side(): JSX.Element {
  return (
    <div class="side">
      <header class="side-head">
        <a class="side-back" href="/" aria-label={t('demo.back')} title={t('demo.back')}>
          <ArrowLeftIcon />
        </a>
        <h1>{t('demo.side.title')}</h1>
        <p class="quiet">{t('demo.side.hint')}</p>
      </header>
      <main class="side-panes">
        <section class="pane" aria-label={t('demo.side.buyer')}>
          <Chooser
            label={t('demo.side.buyer')}
            who={buyer.value}
            choices={of('buyer')}
            onPick={(who) => {
              buyer.value = who;
            }}
          />
          {buyer.value && (
            <iframe
              key={buyer.value.id}
              title={t('demo.side.buyer_frame', { name: buyer.value.name })}
              src={`/?as=${encodeURIComponent(buyer.value.id)}&lang=${locale.value}`}
            />
          )}
        </section>
        <section class="pane" aria-label={t('demo.side.seller')}>
          <Chooser label={t('demo.side.seller')} who={seller.value} choices={of('seller')} onPick={(who) => void showSeller(who)} />
          <SellerFrame />
        </section>
      </main>
    </div>
  );
}

function SellerFrame(): JSX.Element | null {
  const who = seller.value;
  if (failed.value && who) {
    return (
      <EmptyState icon={AlertIcon} title={t('demo.error')}>
        <Button onClick={() => void showSeller(who)}>{t('common.retry')}</Button>
      </EmptyState>
    );
  }
  if (!who || inbox.value === null) return <Skeleton height="100%" />;
  return <iframe key={inbox.value} title={t('demo.side.seller_frame', { name: who.name })} src={inbox.value} />;
}

interface ChooserProps {
  label: string;
  who: DemoPerson | null;
  choices: readonly DemoPerson[];
  onPick: (who: DemoPerson) => void;
}

function Chooser({ label, who, choices, onPick }: ChooserProps): JSX.Element {
  return (
    <label class="chooser">
      <Avatar name={who?.name ?? ''} size={28} />
      <span class="quiet">{label}</span>
      <select
        value={who?.id ?? ''}
        onChange={({ currentTarget }) => {
          const picked = choices.find(({ id }) => id === currentTarget.value);
          if (picked) onPick(picked);
        }}
      >
        {choices.map(({ id, name, shop }) => (
          <option key={id} value={id}>
            {shop ? `${name} · ${shop}` : name}
          </option>
        ))}
      </select>
    </label>
  );
}

async function start(): Promise<void> {
  await Promise.all([needPart('demo'), needPart('more')]);
  await startMarket();
  document.title = `${t('demo.side.title')} · Karavela`;
  buyer.value = of('buyer')[0] ?? null;
  const first = of('seller')[0];
  if (first) void showSeller(first);
  const root = document.getElementById('app');
  if (root) render(<Side />, root);
}

void start();
