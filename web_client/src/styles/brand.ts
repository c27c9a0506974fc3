/**
 * The brand colour is a setting: what follows from it is worked out here, so that text on it and text in it can be read.
 * No component chooses a colour by itself.
 */

const READABLE = 4.5;
/** A little more than enough, where the ground is mixed by the browser and only nearly so here. */
const SAFE = 4.8;
const LIGHT_GROUND = '#ffffff';
const DARK_GROUND = '#16181b';
const SOFT_LIGHT = 0.09;
const SOFT_DARK = 0.3;

type Rgb = readonly [number, number, number];

/** What a brand colour leads to. `inkLight` and `inkDark` are text in the brand's hue on light and dark ground. */
export interface Brand {
  fill: string;
  onFill: string;
  inkLight: string;
  inkDark: string;
}

function parse(hex: string): Rgb | null {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!found) return null;
  const [, red = '0', green = '0', blue = '0'] = found;
  return [parseInt(red, 16), parseInt(green, 16), parseInt(blue, 16)];
}

function show(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (part: number): number => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** The contrast of two `#rrggbb` colours by WCAG, from 1 to 21; 0 where one of them is none. */
export function contrast(one: string, other: string): number {
  const [a, b] = [parse(one), parse(other)];
  if (!a || !b) return 0;
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * share;
  return [part(0), part(1), part(2)];
}

/** The soft ground of the brand, as tokens.css mixes `--brand-soft`. */
function soft(hex: string, ground: string, share: number): string {
  const [from, to] = [parse(ground), parse(hex)];
  return from && to ? show(mix(from, to, share)) : ground;
}

/** The nearest colour to `hex` on its way to `pole` that can be read on `ground`. */
function readable(hex: string, pole: string, ground: string, enough = READABLE): string {
  const [from, to] = [parse(hex), parse(pole)];
  if (!from || !to) return pole;
  for (let step = 0; step <= 20; step += 1) {
    const tried = show(mix(from, to, step / 20));
    if (contrast(tried, ground) >= enough) return tried;
  }
  return pole;
}

/** Works out a brand from one `#rrggbb`; null where that is no colour. */
export function brandFrom(hex: string): Brand | null {
  if (!parse(hex)) return null;
  const fill = contrast('#ffffff', hex) >= READABLE || contrast('#101214', hex) < READABLE
    ? readable(hex, '#000000', '#ffffff')
    : hex;
  return {
    fill,
    onFill: contrast('#ffffff', fill) >= READABLE ? '#ffffff' : '#101214',
    inkLight: readable(hex, '#000000', soft(fill, LIGHT_GROUND, SOFT_LIGHT), SAFE),
    inkDark: readable(hex, '#ffffff', soft(fill, DARK_GROUND, SOFT_DARK), SAFE),
  };
}

/** Sets the brand colour of this document. Answers whether it was a colour. */
export function applyBrand(hex: string, root: HTMLElement = document.documentElement): boolean {
  const brand = brandFrom(hex);
  if (!brand) return false;
  root.style.setProperty('--brand', brand.fill);
  root.style.setProperty('--on-brand', brand.onFill);
  root.style.setProperty('--brand-ink', `light-dark(${brand.inkLight}, ${brand.inkDark})`);
  return true;
}

/** The marketplace's colour, which the server has written into the page; '' where there is none. */
export function brandOfPage(root: HTMLElement = document.documentElement): string {
  return root.dataset.brand ?? '';
}

/** What the marketplace is called; Parley where nobody has said. */
export function brandNameOfPage(root: HTMLElement = document.documentElement): string {
  return root.dataset['brandName'] ?? 'Parley';
}

export type Theme = 'light' | 'dark' | 'auto';

/** Sets light or dark; `auto` follows the system. */
export function applyTheme(theme: Theme, root: HTMLElement = document.documentElement): void {
  if (theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = theme;
}
