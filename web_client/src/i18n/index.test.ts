import { beforeEach, expect, it } from 'vitest';
import { dir, firstLocale, has, locale, needPart, setLocale, t } from './index';
import { nearest } from './locales';

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

it('finds the nearest language of a wish', () => {
  expect(nearest('pt-BR', 'ro-MD')).toBe('ro');
  expect(nearest('mo')).toBe('ro');
  expect(nearest('xx', null, undefined)).toBe('en');
  expect(firstLocale('ru-RU')).toBe('ru');
});
