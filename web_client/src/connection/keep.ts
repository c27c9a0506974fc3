/**
 * What a browser keeps for one person: small named texts, each under a key of its own, so that two tabs never
 * overwrite each other's. Another person's things are out of reach by construction.
 */
import { prefixOf } from './traces';

export interface Keep {
  read(name: string): string | null;
  write(name: string, text: string): void;
  remove(name: string): void;
  /** The names that begin so, in no particular order. */
  names(prefix: string): string[];
  /** Forgets everything of this person. */
  clear(): void;
  /** Another tab wrote (`text`) or removed (null) something. Answers how to stop listening. */
  watch(told: (name: string, text: string | null) => void): () => void;
}

/** The part of Web Storage that is used. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** A shelf that lasts as long as the page, for browsers that refuse a lasting one. */
export function fleetingShelf(): Shelf {
  const texts = new Map<string, string>();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
    key: (index) => [...texts.keys()][index] ?? null,
    get length() {
      return texts.size;
    },
  };
}

/** The browser's lasting shelf; a frame of a foreign site may be refused it. */
export function lastingShelf(): Shelf {
  try {
    const probe = 'parley:probe';
    localStorage.setItem(probe, '1');
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return fleetingShelf();
  }
}

/** The keep of the person with this id. */
export function openKeep(person: string, shelf: Shelf = lastingShelf()): Keep {
  const mine = prefixOf(person);
  const names = (prefix: string): string[] =>
    Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? '')
      .filter((key) => key.startsWith(mine + prefix))
      .map((key) => key.slice(mine.length));
  const remove = (name: string): void => {
    shelf.removeItem(mine + name);
  };
  return {
    names,
    remove,
    read: (name) => shelf.getItem(mine + name),
    write: (name, text) => {
      // A full shelf loses the safety of a reload, never the message on the screen.
      try {
        shelf.setItem(mine + name, text);
      } catch {
        remove(name);
      }
    },
    clear: () => {
      names('').forEach(remove);
    },
    watch: (told) => {
      const listen = ({ key, newValue }: StorageEvent): void => {
        if (key?.startsWith(mine) === true) told(key.slice(mine.length), newValue);
      };
      window.addEventListener('storage', listen);
      return () => {
        window.removeEventListener('storage', listen);
      };
    },
  };
}
