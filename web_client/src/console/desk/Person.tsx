/** Who the customer is: his name, his language, what his clock says, where else he may be written to. */
import type { JSX } from 'preact';

import { t } from '../../i18n';
import { countryName, formatTimeIn, languageName } from '../../i18n/more';
import type { CustomerView } from '../../protocol/generated';
import { Avatar } from '../../ui/parts/Avatar';
import { ClockIcon, GlobeIcon, StoreIcon } from '../../ui/parts/icons';
import { MailIcon } from '../../ui/parts/icons-desk';
import { useNow } from '../../ui/parts/RelativeTime';
import { customerName } from './names';

export function Person({ customer, email }: { customer: CustomerView; email: string }): JSX.Element {
  const present = useNow();
  const { locale: language, zone, country = '' } = customer;
  const time = formatTimeIn(present, zone);
  const place = [country === '' ? '' : countryName(country), zone.split('/').at(-1)?.replaceAll('_', ' ') ?? ''].filter((word) => word !== '').join(', ');
  return (
    <div class="person">
      <div class="person-top">
        <Avatar name={customerName(customer)} size={44} />
        <div class="person-names">
          <p class="person-name">
            <bdi>{customerName(customer)}</bdi>
          </p>
          <p class="quiet">{t(`console.desk.kind.${customer.kind}`)}</p>
        </div>
      </div>
      <dl class="person-facts">
        <Fact icon={<GlobeIcon size={14} />} name={t('console.desk.language')} value={languageName(language)} />
        {time !== '' && <Fact icon={<ClockIcon size={14} />} name={t('console.desk.local_time')} value={time} about={place} />}
        {email !== '' && <Fact icon={<MailIcon size={14} />} name={t('console.email')} value={email} isCode />}
        {customer.sells === true && <Fact icon={<StoreIcon size={14} />} name={t('console.desk.sells')} value={t('console.desk.sells.yes')} />}
      </dl>
    </div>
  );
}

function Fact({ icon, name, value, about = '', isCode = false }: { icon: JSX.Element; name: string; value: string; about?: string; isCode?: boolean }): JSX.Element {
  return (
    <div class="person-fact">
      <dt>
        {icon}
        <span class="unseen">{name}</span>
      </dt>
      <dd class="figures" dir={isCode ? 'ltr' : undefined}>
        {value}
        {about !== '' && <span class="quiet"> · {about}</span>}
      </dd>
    </div>
  );
}
