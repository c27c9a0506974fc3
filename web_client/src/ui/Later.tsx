/** A part of a screen that is fetched when it is first shown. */
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export interface LaterProps<Props> {
  /** The same function each time: what it brings is kept. */
  load: () => Promise<ComponentType<Props>>;
  props: Props & JSX.IntrinsicAttributes;
  /** Shown until it is there. */
  meanwhile?: JSX.Element;
}

/** So often a fetch that fails is tried again, and after how long. */
const TRIES = 5;
const AGAIN_MS = 2_000;

export function Later<Props extends object>({ load, props, meanwhile }: LaterProps<Props>): JSX.Element | null {
  const [found, setFound] = useState<{ Part: ComponentType<Props> } | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = async (left: number): Promise<void> => {
      try {
        const Part = await load();
        setFound({ Part });
      } catch {
        if (left > 0) timer = setTimeout(() => void attempt(left - 1), AGAIN_MS);
      }
    };
    void attempt(TRIES);
    return () => {
      clearTimeout(timer);
    };
  }, [load]);

  return found === null ? (meanwhile ?? null) : <found.Part {...props} />;
}
