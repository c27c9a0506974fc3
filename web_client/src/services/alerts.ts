/** What calls somebody back to the page: the count in its title, a sound, a note on the desktop. */

let plainTitle: string | null = null;

/** Puts the number of unread messages in front of the page's title. */
export function titleCount(count: number): void {
  plainTitle ??= document.title;
  document.title = count > 0 ? `(${String(count)}) ${plainTitle}` : plainTitle;
}

/** The title itself changed, with the language or the screen. */
export function setTitle(title: string, count: number): void {
  plainTitle = title;
  titleCount(count);
}

/** Two soft notes. Silent until the person has touched the page once: browsers want it so. */
export function chime(): void {
  if (!('AudioContext' in window) || !navigator.userActivation.hasBeenActive) return;
  const audio = new AudioContext();
  [660, 880].forEach((pitch, index) => {
    note(audio, pitch, audio.currentTime + index * 0.12);
  });
  setTimeout(() => void audio.close(), 1_000);
}

function note(audio: AudioContext, pitch: number, at: number): void {
  const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(0.06, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.4);
}

export type Permission = 'granted' | 'denied' | 'default' | 'missing';

export function deskPermission(): Permission {
  return 'Notification' in window ? Notification.permission : 'missing';
}

/** Asks for leave to show notes on the desktop; only after a press. */
export async function askDesk(): Promise<Permission> {
  return 'Notification' in window ? Notification.requestPermission() : 'missing';
}

/** A note on the desktop, one per `tag`. Answers whether it could be shown. */
export function deskNote(title: string, text: string, tag: string, onPick: () => void): boolean {
  if (deskPermission() !== 'granted') return false;
  const shown = new Notification(title, { body: text, tag });
  shown.onclick = () => {
    window.focus();
    shown.close();
    onPick();
  };
  return true;
}
