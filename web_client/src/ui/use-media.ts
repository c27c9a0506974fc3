/** Whether the screen is as a media query says, followed while the component is there. */
import { useEffect, useState } from 'preact/hooks';

/** Room for the details beside the conversation. */
export const WIDE = '(min-width: 1240px)';

/** Room for the groups beside the list. */
export const ROOMY = '(min-width: 1080px)';

/** No room for a row of tools above the conversation. */
export const TIGHT = '(max-width: 1179px)';

/** One pane at a time. */
export const NARROW = '(max-width: 719px)';

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const follow = (): void => {
      setMatches(list.matches);
    };
    follow();
    list.addEventListener('change', follow);
    return () => {
      list.removeEventListener('change', follow);
    };
  }, [query]);
  return matches;
}
