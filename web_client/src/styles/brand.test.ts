import { describe, expect, it } from 'vitest';
import tokens from './tokens.css?raw';
import { applyBrand, brandFrom, contrast } from './brand';




function token(name: string): { light: string; dark: string } {
  const value = new RegExp(`--${name}: ([^;]+);`).exec(tokens)?.[1] ?? '';
  const colours = value.match(/#[0-9a-f]{6}/g) ?? [];
  return { light: colours[0] ?? '', dark: colours[1] ?? colours[0] ?? '' };
}

describe('the tokens can be read', () => {
  const pairs = [
    ...['ink', 'ink-2', 'ink-3', 'brand-ink', 'danger', 'warn', 'good'].flatMap((text) =>
      ['canvas', 'surface', 'raised', 'hover'].map((ground) => [text, ground] as const),
    ),
    ['ink-2', 'active'],
    ['ink-3', 'sunken'],
    ['danger', 'danger-soft'],
    ['warn', 'warn-soft'],
    ['good', 'good-soft'],
    ['ink', 'bubble-theirs'],
    ['ink-3', 'bubble-theirs'],
    ['on-brand', 'brand'],
    ['on-fill', 'danger-fill'],
  ] as const;

  it.each(pairs)('%s on %s', (text, ground) => {
    expect(contrast(token(text).light, token(ground).light)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token(text).dark, token(ground).dark)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['canvas', 'surface', 'raised'])('controls are seen on %s', (ground) => {
    expect(contrast(token('control').light, token(ground).light)).toBeGreaterThanOrEqual(3);
    expect(contrast(token('control').dark, token(ground).dark)).toBeGreaterThanOrEqual(3);
  });
});

describe('brandFrom', () => {
  it.each(['#0c6b58', '#ffcc00', '#ff6a3d', '#7f7f7f', '#000000', '#ffffff', '#3b82f6'])('keeps %s readable', (hex) => {
    const brand = brandFrom(hex);

    expect(contrast(brand?.onFill ?? '', brand?.fill ?? '')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(brand?.inkLight ?? '', '#ffffff')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(brand?.inkDark ?? '', '#16181b')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(brand?.inkDark ?? '', '#1d2024')).toBeGreaterThanOrEqual(4.5);
  });

  it('refuses what is no colour and leaves the document as it was', () => {
    const root = document.createElement('div');

    expect(applyBrand('url(x)', root)).toBe(false);
    expect(root.getAttribute('style')).toBe(null);
  });
});
