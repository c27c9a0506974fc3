/** Home, messages, orders. */
import type { JSX } from 'preact';

import { t } from '../i18n';
import { ChatsIcon, HouseIcon, PackageIcon } from '../ui/parts/icons-first';
import { Tabs, type TabItem } from '../ui/parts/Tabs';
import { useWidget } from './widget-context';
import type { Tab } from './widget';

export function TabBar(): JSX.Element {
  const widget = useWidget();
  const unread = widget.unread;
  const items: TabItem<Tab>[] = [
    { id: 'home', label: t('tab.home'), icon: HouseIcon },
    { id: 'messages', label: t('tab.messages'), icon: ChatsIcon, count: unread, countLabel: t('list.unread', { count: unread }) },
    { id: 'orders', label: t('tab.orders'), icon: PackageIcon },
  ];
  return (
    <Tabs
      look="bar"
      label={t('home.title')}
      items={items}
      current={widget.tab.value}
      onPick={(tab) => {
        widget.show(tab);
      }}
    />
  );
}
