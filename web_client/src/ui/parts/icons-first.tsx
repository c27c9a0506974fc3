/**
 * The icons that show before the first conversation opens; all others come with what shows them (icons.tsx).
 * One weight, drawn in the colour of the text beside them. Shapes from Lucide (ISC) and, through it, Feather (MIT):
 * see docs/licences.md. An icon is decoration: what it means stands beside it or in the label of its button.
 */
import type { JSX } from 'preact';

export interface IconProps {
  /** Edge in CSS pixels. */
  size?: number;
  class?: string;
}

export type IconPart = (props: IconProps) => JSX.Element;

export function icon(path: string, turns = false): IconPart {
  return ({ size = 18, class: extra = '' }) => (
    <svg
      class={`icon ${turns ? 'icon-turns ' : ''}${extra}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}

export const AlertIcon = /* @__PURE__ */ icon('M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M12 8L12 12M12 16L12.01 16');
export const BellOffIcon = /* @__PURE__ */ icon('M10.268 21a2 2 0 0 0 3.464 0M17 17H4a1 1 0 0 1-.74-1.673C4.59 13.956 6 12.499 6 8a6 6 0 0 1 .258-1.742M2 2l20 20M8.668 3.01A6 6 0 0 1 18 8c0 2.687.77 4.653 1.707 6.05');
export const BotIcon = /* @__PURE__ */ icon('M12 8V4H8M6 8h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM2 14h2M20 14h2M15 13v2M9 13v2');
export const ChatsIcon = /* @__PURE__ */ icon('M16 10a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 14.286V4a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2zM20 9a2 2 0 0 1 2 2v10.286a.71.71 0 0 1-1.212.502l-2.202-2.202A2 2 0 0 0 17.172 19H10a2 2 0 0 1-2-2v-1');
export const ChevronRightIcon = /* @__PURE__ */ icon('M9 18l6-6-6-6', true);
export const HouseIcon = /* @__PURE__ */ icon('M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z');
export const PackageIcon = /* @__PURE__ */ icon('M11 21.73a2 2 0 0 0 2 0l7-4A2 2 0 0 0 21 16V8a2 2 0 0 0-1-1.73l-7-4a2 2 0 0 0-2 0l-7 4A2 2 0 0 0 3 8v8a2 2 0 0 0 1 1.73zM12 22V12M3.29 7L12 12L20.71 7M7.5 4.27l9 5.15');
export const WifiOffIcon = /* @__PURE__ */ icon('M12 20h.01M8.5 16.429a5 5 0 0 1 7 0M5 12.859a10 10 0 0 1 5.17-2.69M19 12.859a10 10 0 0 0-2.007-1.523M2 8.82a15 15 0 0 1 4.177-2.643M22 8.82a15 15 0 0 0-11.288-3.764M2 2l20 20');
export const XIcon = /* @__PURE__ */ icon('M18 6 6 18M6 6l12 12');
