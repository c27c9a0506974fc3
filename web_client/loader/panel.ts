/** What stands on the host page: a bubble and a panel inside a shadow, so that neither page can break the other. */

const STYLE = `
:host{all:initial!important}
*{box-sizing:border-box}
.b{position:fixed;z-index:2147483000;bottom:20px;width:60px;height:60px;padding:0;border:0;border-radius:50%;background:var(--b,#0c6b58);color:#fff;color:oklch(from var(--b,#0c6b58) calc((.68 - l)*1000) 0 0);cursor:pointer;box-shadow:0 4px 16px rgb(16 24 32/.24);transition:transform .15s}
.b:hover{transform:scale(1.05)}
.b:focus-visible{outline:3px solid #1d5fd1;outline-offset:3px;box-shadow:0 0 0 3px #fff}
.b svg{display:block;width:28px;margin:auto;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.r{right:20px}.l{left:20px}
.n{position:absolute;top:-3px;right:-3px;min-width:22px;height:22px;padding:0 6px;border:2px solid #fff;border-radius:11px;background:#c2281d;color:#fff;font:600 12px/18px system-ui,sans-serif;text-align:center}
.p{position:fixed;z-index:2147483000;bottom:92px;width:400px;height:640px;max-width:calc(100vw - 40px);max-height:calc(100vh - 112px);max-height:calc(100dvh - 112px);border-radius:16px;overflow:hidden;background:Canvas;color-scheme:light dark;box-shadow:0 12px 48px rgb(16 24 32/.28),0 0 0 1px rgb(16 24 32/.08);transition:opacity .16s,transform .16s,visibility .16s}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:inherit}
.p.c{visibility:hidden;opacity:0;transform:translateY(12px)}
[hidden]{display:none!important}
@media(max-width:479px){.p{inset:0;width:auto;height:auto;max-width:none;max-height:none;border-radius:0}.p:not(.c)~.b{visibility:hidden}}
@media(prefers-reduced-motion:reduce){.b,.p{transition:none}}
`;

const CHAT = 'M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719';
const DOWN = 'm6 9 6 6 6-6';
const SVG = 'http://www.w3.org/2000/svg';

export interface Panel {
  readonly frame: HTMLIFrameElement;
  /** Loads the frame, once. */
  load: () => void;
  show: (open: boolean) => void;
  /** The bubble alone. */
  hide: (hidden: boolean) => void;
  label: (name: string) => void;
  count: (unread: number) => void;
  brand: (colour: string) => void;
  theme: (theme: string) => void;
  focusBubble: () => void;
  remove: () => void;
}

/** Puts bubble and panel on the page. `address` is the frame's; `press` is called when the bubble is pressed. */
export function panelOn(address: string, side: 'left' | 'right', press: () => void): Panel {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const make = <Name extends 'div' | 'button' | 'span' | 'iframe'>(name: Name, look: string, parent: Node): HTMLElementTagNameMap[Name] => {
    const made = document.createElement(name);
    made.className = look;
    parent.appendChild(made);
    return made;
  };
  const corner = side === 'left' ? 'l' : 'r';
  const panel = make('div', `p c ${corner}`, root);
  const frame = make('iframe', '', panel);
  const bubble = make('button', `b ${corner}`, root);
  const path = sign(bubble);
  const badge = make('span', 'n', bubble);
  badge.hidden = true;
  badge.setAttribute('aria-hidden', 'true');
  bubble.type = 'button';
  bubble.onclick = press;
  frame.title = 'Parley';
  frame.allow = 'clipboard-write';
  frame.referrerPolicy = 'origin';
  document.body.appendChild(host);

  return {
    frame,
    load: () => {
      if (frame.src === '') frame.src = address;
    },
    show: (open) => {
      panel.classList.toggle('c', !open);
      path.setAttribute('d', open ? DOWN : CHAT);
      bubble.setAttribute('aria-expanded', String(open));
      if (open) frame.focus();
    },
    hide: (hidden) => {
      bubble.hidden = hidden;
    },
    label: (name) => {
      bubble.setAttribute('aria-label', name);
      frame.title = name;
    },
    count: (unread) => {
      badge.hidden = unread === 0;
      badge.textContent = unread > 99 ? '99+' : String(unread);
    },
    brand: (colour) => {
      host.style.setProperty('--b', colour);
    },
    theme: (theme) => {
      panel.style.colorScheme = theme === 'auto' ? '' : theme;
    },
    focusBubble: () => {
      bubble.focus();
    },
    remove: () => {
      host.remove();
    },
  };
}

function sign(parent: Element): SVGPathElement {
  const picture = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  picture.setAttribute('viewBox', '0 0 24 24');
  path.setAttribute('d', CHAT);
  picture.appendChild(path);
  parent.appendChild(picture);
  return path;
}
