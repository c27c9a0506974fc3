/** What calls a seller back: unread in the title, and where he wants it a sound and a note on the desktop. */
import { useEffect } from 'preact/hooks';

import { locale, t } from '../i18n';
import { chime, deskNote, setTitle } from '../services/alerts';
import { otherName } from '../state/select';
import { preview } from '../ui/threads/preview';
import { useDesk } from './desk-context';
import { preferences } from './preferences';

export function useAlerts(): void {
  const desk = useDesk();
  const { unread, shops, notices } = desk.client.chat.value;
  const count = unread + notices.shops;
  const shop = shops[0]?.name;
  const language = locale.value;

  useEffect(() => {
    setTitle(shop === undefined ? t('inbox.title') : `${t('inbox.title')} · ${shop}`, count);
  }, [count, shop, language]);

  useEffect(
    () =>
      desk.client.listen({
        received: (message, view) => {
          const isSeen = document.hasFocus() && desk.place.value?.id === view.id;
          if (isSeen || view.muted === true) return;
          if (preferences.value.sound) chime();
          if (!preferences.value.desktop) return;
          deskNote(t('inbox.notify.message', { name: otherName(view) }), preview(message), view.id, () => {
            desk.visit(view.id);
          });
        },
      }),
    [desk],
  );
}
