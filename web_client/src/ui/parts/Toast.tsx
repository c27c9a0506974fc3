/** Short words about what just happened, with one thing to do about it. They leave by themselves, but not while looked at. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { IconButton } from './Button';
import { AlertIcon, CircleCheckIcon, XIcon } from './icons';
import './toast.css';

export interface Toast {
  text: string;
  tone?: 'good' | 'danger' | 'neutral';
  action?: { label: string; onPick: () => void };
}

interface Shown extends Toast {
  id: number;
}

const STAYS_MS = 6_000;

/** Where there is something to press, which has to be read and reached first. */
const WAITS_MS = 10_000;

const MOST = 3;

const shown = signal<readonly Shown[]>([]);
let lastId = 0;

/** Shows a toast; the oldest makes room. */
export function showToast(toast: Toast): void {
  lastId += 1;
  shown.value = [...shown.value, { ...toast, id: lastId }].slice(-MOST);
}

function dismiss(id: number): void {
  shown.value = shown.value.filter((toast) => toast.id !== id);
}

/** Rendered once by each screen. The region is there from the start, so that what comes into it is spoken. */
export function Toasts(): JSX.Element {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.value.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: Shown }): JSX.Element {
  const [held, setHeld] = useState(false);
  const { id, tone = 'neutral', action } = toast;

  const stays = action === undefined ? STAYS_MS : WAITS_MS;

  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => {
      dismiss(id);
    }, stays);
    return () => {
      clearTimeout(timer);
    };
  }, [id, held, stays]);

  const hold = (): void => {
    setHeld(true);
  };
  const release = (): void => {
    setHeld(false);
  };

  return (
    <div class={`toast toast-${tone}`} onMouseEnter={hold} onMouseLeave={release} onFocusIn={hold} onFocusOut={release}>
      {tone === 'danger' && <AlertIcon size={17} />}
      {tone === 'good' && <CircleCheckIcon size={17} />}
      <span class="toast-text" dir="auto">
        {toast.text}
      </span>
      {action && (
        <button
          type="button"
          class="toast-action"
          onClick={() => {
            dismiss(id);
            action.onPick();
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton
        icon={XIcon}
        size="s"
        label={t('common.close')}
        onClick={() => {
          dismiss(id);
        }}
      />
    </div>
  );
}
