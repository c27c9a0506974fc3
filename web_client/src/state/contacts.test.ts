import { expect, it } from 'vitest';

import { contactsAt, contactsOf, NO_CONTACTS, withContacts } from './contacts';

it('tells what was hidden from what was only seen', () => {
  expect(contactsOf({})).toBeNull();
  expect(contactsOf({ contacts: true })).toBe('seen');
  expect(contactsOf({ contacts: true, text: 'Call me at •••' })).toBe('hidden');
  // A message may be nothing but a mark, and even nothing at all.
  expect(contactsOf({ contacts: true, text: '' })).toBe('hidden');
});

it('remembers it by message, as the newest words of it are', () => {
  const once = withContacts(NO_CONTACTS, 'a', 1, 'seen');
  const twice = withContacts(once, 'a', 1, 'hidden');

  expect([contactsAt(twice, 'a', 1), contactsAt(twice, 'a', 2), contactsAt(twice, 'b', 1)]).toEqual(['hidden', null, null]);
  expect(contactsAt(withContacts(twice, 'a', 1, null), 'a', 1)).toBeNull();
  expect(contactsAt(once, 'a', 1)).toBe('seen');
});

it('is the same value where nothing changes, so that nothing is drawn again', () => {
  const once = withContacts(NO_CONTACTS, 'a', 1, 'seen');

  expect(withContacts(once, 'a', 1, 'seen')).toBe(once);
  expect(withContacts(NO_CONTACTS, 'a', 1, null)).toBe(NO_CONTACTS);
});
