import { expect, it } from 'vitest';
import { prefer, preferences, read } from './preferences';

it('keeps what was chosen', () => {
  prefer({ theme: 'dark', quick: ['Hello'] });

  expect(preferences.value).toMatchObject({ theme: 'dark', quick: ['Hello'], sound: false, desktop: false });
  expect(read(localStorage.getItem('parley.inbox.preferences'))).toEqual(preferences.value);
});

it.each(['', 'null', '[]', '{"theme":"<b>","keys":"yes","quick":[1],"other":1}', '{'])(
  'has the defaults for what it cannot read: %s',
  (text) => {
    expect(read(text)).toEqual(read(null));
  },
);
