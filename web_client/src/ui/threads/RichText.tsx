/** What somebody wrote: text is text, line breaks stay, links open apart. It never turns the words around it. */
import type { JSX } from 'preact';

import { segments } from './links';

export function RichText({ text, class: extra = '' }: { text: string; class?: string }): JSX.Element {
  return (
    <div class={`rich-text ${extra}`} dir="auto">
      {segments(text).map((segment, index) =>
        segment.kind === 'text' ? (
          segment.text
        ) : (
          <a key={index} href={segment.href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {segment.text}
          </a>
        ),
      )}
    </div>
  );
}
