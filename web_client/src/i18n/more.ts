/** Sentences and formats for the language that is set, beyond those that the first screen needs. */
import * as formats from './formats-more';
import { addFiles, locale } from './index';
import type { Catalog } from './sentences';

addFiles(import.meta.glob<Catalog>('./catalogs/more.*.json', { import: 'default' }));

export type { Money } from './formats-more';

/** Today, Yesterday, Monday, 12 March */
export const formatDay = (ms: number, now = Date.now()): string => formats.day(locale.value, ms, now);

/** 12 March, with the year where it is another one. */
export const formatDate = (ms: number, now = Date.now()): string => formats.date(locale.value, ms, now);

/** 5 min, 3 h, 2 days */
export const formatDuration = (ms: number): string => formats.duration(locale.value, ms);

export const formatMoney = (money: formats.Money): string => formats.money(locale.value, money);

/** Mon 14:05, in another zone. */
export const formatTimeIn = (ms: number, zone: string): string => formats.timeIn(locale.value, ms, zone);

export const languageName = (tag: string): string => formats.nameOf(locale.value, 'language', tag);

export const countryName = (code: string): string => formats.nameOf(locale.value, 'region', code);
