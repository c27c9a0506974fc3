import { expect, it } from 'vitest';

import { filled, textFor } from './words';

it('takes the text of the customer’s language, else the English one, else any', () => {
  const texts = { en: 'Hello', ru: 'Привет' };

  expect([textFor({ texts }, 'ru'), textFor({ texts }, 'ru-RU'), textFor({ texts }, 'ar'), textFor({ texts: { ro: 'Bună' } }, 'ar')]).toEqual(['Привет', 'Привет', 'Hello', 'Bună']);
});

it('fills the blanks, and leaves no gap where nothing is known', () => {
  const blanks = { customer: 'Ana', agent: 'Amir', order: '' };

  expect(filled('Hello {customer}, I am {agent}.', blanks)).toBe('Hello Ana, I am Amir.');
  expect(filled('Hello {customer}, about {order}.', { ...blanks, customer: '' })).toBe('Hello, about.');
  expect(filled('{other} stays', blanks)).toBe('{other} stays');
});
