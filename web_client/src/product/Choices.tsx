/** One of a few, all of them in sight. */
import type { JSX } from 'preact';

export interface ChoicesProps<Choice extends string> {
  name: string;
  title: string;
  all: readonly Choice[];
  picked: Choice;
  nameOf: (choice: Choice) => string;
  onPick: (choice: Choice) => void;
}

export function Choices<Choice extends string>({ name, title, all, picked, nameOf, onPick }: ChoicesProps<Choice>): JSX.Element {
  return (
    <fieldset class="choices">
      <legend>{title}</legend>
      {all.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name={name}
            checked={one === picked}
            onChange={() => {
              onPick(one);
            }}
          />
          {nameOf(one)}
        </label>
      ))}
    </fieldset>
  );
}
