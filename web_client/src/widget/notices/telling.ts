/** What comes while the panel is open is told in passing, with the way to it. */
import { t } from '../../i18n';
import type { Lobby } from '../../state/lobby';
import { noticeText } from '../../ui/notices/sentence';
import { showToast } from '../../ui/parts/Toast';
import type { Widget } from '../widget';
import { isAt, screenOf } from './opening';

const told = new WeakSet<Lobby>();

/** Goes on as long as the lobby does. Needs the parts `reviews` and `more` of the catalogs. */
export function tellOfNotices(widget: Widget): void {
  const lobby = widget.lobby.value;
  if (lobby === null || told.has(lobby)) return;
  told.add(lobby);
  const seen = new Set<string>();
  lobby.listen({
    noticed: (notice) => {
      const isKnown = seen.has(notice.id) || notice.read === true || notice.shop_id !== undefined;
      seen.add(notice.id);
      const top = widget.stack.value.at(-1);
      // At home the mark of the tab is enough, among the notices it stands on top, and a room shows by itself what is new.
      const isShown = widget.isOpen.value && (top === undefined ? widget.tab.value !== 'home' : top.kind !== 'notices');
      if (isKnown || !isShown || isAt(top, notice)) return;
      const action = { label: t('notice.show'), onPick: () => { widget.push(screenOf(notice)); } };
      showToast({ text: noticeText(notice), action });
    },
  });
}
