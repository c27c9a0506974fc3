/**
 * The frame in the element's shadow, where no style of the page reaches. It grows with what it shows, and fills the window
 * while a photo is looked at: as a modal dialog it is above everything, whatever the page does to its ancestors.
 */

const STYLE = `
:host{display:block!important}
:host([hidden]){display:none!important}
dialog{all:unset;display:block;width:100%}
dialog:not(.s){position:absolute;height:0;overflow:hidden;visibility:hidden}
.s+slot{display:none}
iframe{display:block;width:100%;height:480px;border:0;color-scheme:light dark}
dialog:modal{position:fixed;inset:0;height:100%}
dialog:modal iframe{height:100%!important}
`;

/** Only so much is believed: a frame is no reason for a page without an end. */
const MOST_PX = 60_000;

export interface Box {
  readonly frame: HTMLIFrameElement;
  /** Shows the frame in the place of what the page wrote. */
  show: (isShown: boolean) => void;
  grow: (height: number) => void;
  name: (title: string) => void;
  theme: (theme: string) => void;
  enlarge: (open: boolean) => void;
}

/** Puts the frame into an element. `shrunk` is called where the window is given back without the frame's wish. */
export function boxIn(element: HTMLElement, address: string, shrunk: () => void): Box {
  const root = element.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const dialog = document.createElement('dialog');
  const frame = document.createElement('iframe');
  // It is a dialog to nobody: what opens in the frame is one, and says so itself.
  dialog.role = 'none';
  frame.title = 'Reviews';
  frame.loading = 'lazy';
  frame.referrerPolicy = 'origin';
  frame.src = address;
  dialog.append(frame);
  root.append(dialog, document.createElement('slot'));

  const enlarge = (open: boolean): void => {
    if (open === dialog.open) return;
    // While the frame is away, its place keeps its size, so that nothing on the page moves.
    element.style.setProperty('min-height', open ? `${String(element.offsetHeight)}px` : '', 'important');
    if (open) dialog.showModal();
    else dialog.close();
  };
  dialog.oncancel = (event) => {
    event.preventDefault();
    shrunk();
  };

  return {
    frame,
    enlarge,
    show: (isShown) => {
      dialog.classList.toggle('s', isShown);
      if (!isShown) enlarge(false);
    },
    grow: (height) => {
      if (!dialog.open) frame.style.height = `${String(Math.min(Math.ceil(height), MOST_PX))}px`;
    },
    name: (title) => {
      frame.title = title;
    },
    theme: (theme) => {
      // A frame whose scheme is another one than its document's has a ground of its own.
      frame.style.colorScheme = theme === 'auto' ? '' : theme;
    },
  };
}
