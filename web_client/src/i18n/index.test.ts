import { beforeEach, expect, it, vi } from 'vitest';
import { addFiles, dir, firstLocale, has, locale, needPart, setLocale, t } from './index';
import { LOCALE_NAMES, LOCALES, nearest } from './locales';
import './more';

beforeEach(async () => {
  await setLocale('en');
});

it('loads a language and turns the document', async () => {
  await setLocale('ar-EG');

  expect(locale.value).toBe('ar');
  expect(dir.value).toBe('rtl');
  expect(document.documentElement.dir).toBe('rtl');
  expect(document.documentElement.lang).toBe('ar');
  expect(t('common.back')).toBe('رجوع');
});

it('speaks Spanish and offers it by its own name', async () => {
  await setLocale('es-MX');

  expect(locale.value).toBe('es');
  expect(dir.value).toBe('ltr');
  expect(t('common.back')).toBe('Atrás');
  expect(LOCALES.map((tag) => LOCALE_NAMES[tag])).toContain('Español');
});

it('lets the later of two wishes win', async () => {
  await Promise.all([setLocale('ru'), setLocale('ro')]);

  expect(locale.value).toBe('ro');
  expect(t('common.back')).toBe('Înapoi');
});

it('loads a part later and keeps it through a change of language', async () => {
  await needPart('more');
  expect(t('message.reply')).toBe('Reply');

  await setLocale('ru');

  expect(t('message.reply')).toBe('Ответить');
  expect(has('message.reply')).toBe(true);
  expect(has('message.nothing')).toBe(false);
});

it('keeps a part that comes while a language is on its way, in whatever order they are asked for', async () => {
  await Promise.all([setLocale('ro'), needPart('more'), setLocale('ru'), needPart('more')]);
  expect([t('message.reply'), t('common.back')]).toEqual(['Ответить', 'Назад']);

  await Promise.all([needPart('more'), setLocale('ro')]);
  expect([t('message.reply'), t('common.back')]).toEqual(['Răspunde', 'Înapoi']);
});

it('says that a part is there only when it is, to everybody who asks', async () => {
  vi.resetModules();
  const { needPart: need, t: say } = await import('./index');
  await import('./more');
  const first = need('more');

  await need('more');

  expect(say('message.reply')).toBe('Reply');
  await first;
});

it('tries a part again that could not be fetched', async () => {
  let fails = true;
  addFiles({ './catalogs/demo.en.json': () => (fails ? Promise.reject(new Error('offline')) : Promise.resolve({ 'demo.all': 'Demo' })) });
  await expect(needPart('demo')).rejects.toThrow('offline');
  fails = false;

  await needPart('demo');

  expect(t('demo.all')).toBe('Demo');
});

it('finds the nearest language of a wish', () => {
  expect(nearest('pt-BR', 'ro-MD')).toBe('ro');
  expect(nearest('mo')).toBe('ro');
  expect(nearest('ca-ES')).toBe('es');
  expect(nearest('es-419')).toBe('es');
  expect(nearest('xx', null, undefined)).toBe('en');
  expect(firstLocale('ru-RU')).toBe('ru');
});
