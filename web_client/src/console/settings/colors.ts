/** Colours that a mark may have: seen in the light and in the dark, as the server asks for. Pure. */
import { contrast } from '../../styles/brand';

const [LIGHT, DARK] = ['#ffffff', '#16181b'];
const SEEN = 3;

/** A handful to begin with, told apart from one another. */
export const PALETTE: readonly string[] = ['#b4482a', '#2f6fd0', '#2e7d4f', '#8a5cc2', '#a8690f', '#c2417c', '#2a7f8c', '#6b7280'];

/** Whether a mark of this colour is seen on both grounds. */
export function isDistinct(color: string): boolean {
  return contrast(color, LIGHT) >= SEEN && contrast(color, DARK) >= SEEN;
}

/** The nearest colour that is: darker or lighter, of the same hue. */
export function distinct(color: string): string {
  if (isDistinct(color)) return color;
  const pole = contrast(color, LIGHT) < SEEN ? 0 : 255;
  for (let step = 1; step <= 40; step += 1) {
    const tried = mixed(color, pole, step / 40);
    if (isDistinct(tried)) return tried;
  }
  return '#6b7280';
}

function mixed(color: string, pole: number, share: number): string {
  const part = (at: number): string => {
    const value = parseInt(color.slice(at, at + 2), 16);
    return Math.round(value + (pole - value) * share).toString(16).padStart(2, '0');
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}
