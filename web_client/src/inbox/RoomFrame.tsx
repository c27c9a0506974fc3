/** The shell of a room that takes the place of list and conversation: its name, which shop's it is, the ways elsewhere. */
import type { ComponentChildren, JSX } from 'preact';

import { Groups } from './Groups';
import { Bell } from './reviews/Bell';
import { ShopMenu } from './ShopMenu';
import './room.css';

export interface RoomFrameProps {
  title: string;
  /** Whether the rail stands beside it, with the groups and all else. */
  isRoomy: boolean;
  /** Beside the title: which shop is shown. */
  pick: ComponentChildren;
  /** Something on a phone's screen covers the ways elsewhere. */
  isCovered?: boolean;
  class?: string;
  children: ComponentChildren;
}

export function RoomFrame({ title, isRoomy, pick, isCovered = false, class: look = '', children }: RoomFrameProps): JSX.Element {
  const Title = isRoomy ? 'h2' : 'h1';
  return (
    <main class={`room-pane ${look}`} id="conversation" tabIndex={-1} aria-label={title}>
      {!isCovered && (
        <header class="room-head">
          <Title>{title}</Title>
          {pick}
          {!isRoomy && (
            <span class="room-tools">
              <Bell />
              <ShopMenu />
            </span>
          )}
        </header>
      )}
      {!isRoomy && !isCovered && <Groups look="row" />}
      {children}
    </main>
  );
}
