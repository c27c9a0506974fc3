import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ReviewsFrameWord, ReviewsHostWord } from '../src/protocol/reviews-embed';
import { defineReviews } from './reviews-element';

const BASE = new URL('https://chat.example/');

interface Reviews extends HTMLElement {
  getToken?: ((fresh: boolean) => Promise<string | null>) | null;
}

let frames: HTMLIFrameElement[];

beforeEach(() => {
  frames = [];
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the overload for any name is the one that stands for all
  const original: (name: string) => HTMLElement = document.createElement.bind(document);
  vi.spyOn(document, 'createElement').mockImplementation((name: string) => {
    if (name !== 'iframe') return original(name);
    // Nothing is loaded here; what counts is what would be.
    const made = Object.assign(original('div'), { src: '' }) as unknown as HTMLIFrameElement;
    frames.push(made);
    return made;
  });
});

afterEach(() => {
  document.body.replaceChildren();
});

function put(attributes: Record<string, string> = { product: 'lamp' }, prepare?: (element: Reviews) => void): Reviews {
  const element = document.createElement('parley-reviews') as Reviews;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  prepare?.(element);
  document.body.append(element);
  return element;
}

/** The frame's end: what it hears, and how it speaks. */
function frameOf(): { frame: HTMLIFrameElement; heard: ReviewsHostWord[]; offers: unknown[]; say: (word: ReviewsFrameWord) => void; greet: (event?: Partial<MessageEvent>) => void } {
  const heard: ReviewsHostWord[] = [];
  const offers: unknown[] = [];
  let port: MessagePort | undefined;
  const around = {
    postMessage: (_: unknown, origin: unknown, transfer?: MessagePort[]) => {
      offers.push(origin);
      port = transfer?.[0];
      if (port !== undefined) port.onmessage = ({ data }: MessageEvent<ReviewsHostWord>) => heard.push(data);
    },
  } as unknown as Window;
  const frame = frames.at(-1) as HTMLIFrameElement;
  Object.defineProperty(frame, 'contentWindow', { value: around, configurable: true });
  const greet = (event: Partial<MessageEvent> = {}): void => {
    const message = new MessageEvent('message', { data: { parley: 'frame' }, origin: BASE.origin, ...event } as MessageEventInit);
    Object.defineProperty(message, 'source', { value: event.source ?? around });
    dispatchEvent(message);
  };
  return { frame, heard, offers, say: (word) => port?.postMessage(word), greet };
}

describe('<parley-reviews>', () => {
  defineReviews(BASE);

  it('names the page to its frame, and puts nothing else into the address', () => {
    put({ product: 'lamp' }, (element) => { element.getToken = () => Promise.resolve('secret'); });

    expect(frames[0]?.src).toBe(`https://chat.example/reviews.html#host=${encodeURIComponent(location.origin)}`);
  });

  it('gives its port to its own frame alone, at its own origin alone', async () => {
    put({ product: 'lamp', locale: 'ro', theme: 'dark' });
    const { heard, offers, greet } = frameOf();

    greet({ origin: 'https://evil.example' });
    greet({ source: window });
    greet({ data: { parley: 'port' } });
    expect(offers).toEqual([]);
    greet();

    expect(offers).toEqual(['https://chat.example']);
    const state = { product: 'lamp', locale: 'ro', theme: 'dark', signedIn: false, person: 0, fallback: false };
    await vi.waitFor(() => { expect(heard).toEqual([{ kind: 'state', state }]); });
  });

  it('tells the frame what changes, and who is signed in', async () => {
    const element = put();
    const { heard, greet } = frameOf();
    greet();

    element.setAttribute('product', 'vase');
    element.getToken = () => Promise.resolve('x');

    await vi.waitFor(() => { expect(heard).toHaveLength(3); });
    expect(heard.map((word) => word.kind === 'state' && [word.state.product, word.state.signedIn, word.state.person])).toEqual([
      ['lamp', false, 0], ['vase', false, 0], ['vase', true, 1],
    ]);
  });

  it('takes a callback that was set before the script was there', async () => {
    put({ product: 'lamp' }, (element) => {
      Object.defineProperty(element, 'getToken', { value: () => Promise.resolve('x'), configurable: true });
    });
    const { heard, greet } = frameOf();
    greet();

    await vi.waitFor(() => { expect(heard[0]).toMatchObject({ state: { signedIn: true } }); });
  });

  it('speaks the language of what is around it where it was told none', async () => {
    document.body.lang = 'ar';
    put();
    const { heard, greet } = frameOf();
    greet();

    await vi.waitFor(() => { expect(heard[0]).toMatchObject({ state: { locale: 'ar' } }); });
    document.body.removeAttribute('lang');
  });

  it('is light where the page writes dark, and dark where it writes light', async () => {
    const themes: unknown[] = [];
    for (const color of ['rgb(20, 20, 20)', 'rgb(240, 240, 240)']) {
      put({ product: 'lamp', style: `color: ${color}` });
      const { heard, greet } = frameOf();
      greet();
      await vi.waitFor(() => { expect(heard).toHaveLength(1); });
      themes.push(heard[0]?.kind === 'state' && heard[0].state.theme);
    }

    expect(themes).toEqual(['light', 'dark']);
  });

  it('asks the page for a token each time, and tells null, failure and token apart', async () => {
    const getToken = vi.fn<(fresh: boolean) => Promise<string | null>>()
      .mockResolvedValueOnce('one').mockResolvedValueOnce(null).mockRejectedValueOnce(new Error('no network'));
    put({ product: 'lamp' }, (element) => { element.getToken = getToken; });
    const { heard, greet, say } = frameOf();
    greet();

    say({ kind: 'needToken', id: 1, fresh: false });
    say({ kind: 'needToken', id: 2, fresh: true });
    say({ kind: 'needToken', id: 3, fresh: true });

    await vi.waitFor(() => { expect(heard).toHaveLength(4); });
    expect(heard).toEqual(expect.arrayContaining([
      { kind: 'token', id: 1, token: 'one' }, { kind: 'token', id: 2, token: null }, { kind: 'noToken', id: 3 },
    ]));
    expect(getToken.mock.calls).toEqual([[false], [true], [true]]);
  });

  it('shows the frame once it has something, as high as it is and no higher than makes sense', async () => {
    put();
    const { frame, greet, say } = frameOf();
    greet();
    const box = frame.parentElement;
    expect(box?.className).toBe('');

    say({ kind: 'height', height: 512.4 });
    say({ kind: 'title', title: 'Отзывы' });
    say({ kind: 'ready' });

    await vi.waitFor(() => { expect(box?.className).toBe('s'); });
    expect([frame.style.height, frame.title]).toEqual(['513px', 'Отзывы']);
    say({ kind: 'height', height: 1e9 });
    await vi.waitFor(() => { expect(frame.style.height).toBe('60000px'); });
  });

  it('tells the page that somebody wants to sign in, and what went wrong', async () => {
    put();
    const { greet, say } = frameOf();
    const told: unknown[] = [];
    for (const name of ['parley-sign-in', 'parley-error']) {
      document.addEventListener(name, (event) => told.push([name, (event as CustomEvent).detail]), { once: true });
    }
    greet();

    say({ kind: 'signIn', wish: 'vote' });
    say({ kind: 'failed', code: 'unavailable' });

    await vi.waitFor(() => {
      expect(told).toEqual([['parley-sign-in', { wish: 'vote' }], ['parley-error', { code: 'unavailable' }]]);
    });
  });

  it('gives the frame the window and takes it back, and nothing of the page moves', async () => {
    const element = put();
    const { frame, heard, greet, say } = frameOf();
    greet();
    const dialog = frame.parentElement as HTMLDialogElement;

    say({ kind: 'large', open: true });
    await vi.waitFor(() => { expect(dialog.open).toBe(true); });
    expect(element.style.minHeight).not.toBe('');
    say({ kind: 'height', height: 99 });
    say({ kind: 'large', open: false });

    await vi.waitFor(() => { expect(dialog.open).toBe(false); });
    expect([element.style.minHeight, frame.style.height]).toEqual(['', '']);
    expect(heard.filter(({ kind }) => kind === 'large')).toEqual([{ kind: 'large', open: true }, { kind: 'large', open: false }]);
  });

  it('hears its frame no longer once it was taken out', () => {
    put().remove();
    const { offers, greet } = frameOf();

    greet();

    expect(offers).toEqual([]);
  });
});
