import { describe, expect, it } from 'vitest';
import { fill, type Catalog } from './sentences';
import coreAr from './catalogs/core.ar.json';
import coreEs from './catalogs/core.es.json';
import coreRu from './catalogs/core.ru.json';

const ru: Catalog = coreRu;
const ar: Catalog = coreAr;
const es: Catalog = coreEs;

const unread = (catalog: Catalog, locale: 'ru' | 'ar' | 'es', count: number): string =>
  fill(catalog['list.unread'] ?? '', { count }, locale);

describe('plurals', () => {
  it.each([
    [1, '1 непрочитанное сообщение'],
    [2, '2 непрочитанных сообщения'],
    [5, '5 непрочитанных сообщений'],
    [11, '11 непрочитанных сообщений'],
    [21, '21 непрочитанное сообщение'],
    [112, '112 непрочитанных сообщений'],
  ])('has three forms in Russian: %i', (count, sentence) => {
    expect(unread(ru, 'ru', count)).toBe(sentence);
  });

  it.each([
    [0, 'لا رسائل غير مقروءة'],
    [1, 'رسالة واحدة غير مقروءة'],
    [2, 'رسالتان غير مقروءتين'],
    [3, '3 رسائل غير مقروءة'],
    [11, '11 رسالة غير مقروءة'],
    [100, '100 رسالة غير مقروءة'],
  ])('has six forms in Arabic: %i', (count, sentence) => {
    expect(unread(ar, 'ar', count)).toBe(sentence);
  });

  it.each([
    [0, '0 mensajes sin leer'],
    [1, '1 mensaje sin leer'],
    [21, '21 mensajes sin leer'],
    [1_000_000, '1.000.000 mensajes sin leer'],
  ])('has two forms in Spanish, for millions as well: %i', (count, sentence) => {
    expect(unread(es, 'es', count)).toBe(sentence);
  });

  it('reads a Russian fraction as many', () => {
    expect(fill({ one: 'а', few: 'б', many: 'в' }, { count: 1.5 }, 'ru')).toBe('в');
  });
});

describe('placeholders', () => {
  it('are filled by name and stay visible without a value', () => {
    expect(fill('{name} of {total}', { name: 'Ana' }, 'en')).toBe('Ana of {total}');
  });

  it('write numbers as the language does', () => {
    expect(fill('{count}', { count: 12345 }, 'ro')).toBe('12.345');
  });

  it('isolate a name that runs the other way', () => {
    expect(fill('{name} يكتب…', { name: 'Ana' }, 'ar')).toBe('\u2068Ana\u2069 يكتب…');
    expect(fill('{name} is typing…', { name: 'أمل' }, 'en')).toBe('\u2068أمل\u2069 is typing…');
    expect(fill('{name} is typing…', { name: 'Ana' }, 'en')).toBe('Ana is typing…');
  });
});
