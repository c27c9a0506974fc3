/** The emoji that people send. A screen reader says each by its own name. Arrow keys walk. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../i18n';
import './emoji.css';

const EMOJI = [
  '😀 😃 😄 😁 😅 😂 🤣 😊 🙂 😉 😍 🥰 😘 😋 😜 🤗 🤔 🤨 😐 🙄 😏 😴 😌 😎 🥳 😕 😟 🙁 😮 😳 🥺 😢 😭 😤 😡 🤯 😱 🤝',
  '👍 👎 👌 ✌️ 🤞 👏 🙌 🙏 💪 👋 👀 ❤️ 🧡 💛 💚 💙 💜 🖤 💔 ✨ ⭐ 🔥 🎉 🎁 💐 🌹 ☀️ 🌧️ ⏰ 📅',
  '📦 🚚 ✈️ 🏠 🏪 🛒 🛍️ 💳 💰 🧾 📷 📏 📐 🧵 👕 👗 👟 👜 💍 ⌚ 📱 💻 🎧 🔌 🔋 🔧 🪑 🛏️ 🧸 🎨 📚 ✅ ❌ ❗ ❓ ➕ 🔁 🔎',
]
  .join(' ')
  .split(' ');

const COLUMNS = 8;

export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    place.current?.querySelector('button')?.focus();
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...(place.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const forward = document.documentElement.dir === 'rtl' ? -1 : 1;
    const steps: Record<string, number> = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus();
  };

  return (
    <div class="emoji-picker scroll" ref={place} role="dialog" aria-label={t('composer.emoji')} onKeyDown={onKeyDown}>
      {EMOJI.map((emoji, index) => (
        <button
          key={emoji}
          type="button"
          tabIndex={index === 0 ? 0 : -1}
          onClick={() => {
            onPick(emoji);
          }}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}
