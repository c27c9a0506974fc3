/** Whether a text is longer than the lines that are shown of it. It depends on the width, so it is measured. */
import { useEffect, useState } from 'preact/hooks';

export function useClamped(place: { readonly current: HTMLElement | null }, text: string): boolean {
  const [isClamped, setClamped] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const measure = (): void => {
      setClamped(element.scrollHeight > element.clientHeight + 1);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => {
      observer.disconnect();
    };
  }, [place, text]);
  return isClamped;
}
