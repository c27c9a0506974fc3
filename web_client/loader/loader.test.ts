import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { FrameWord, HostWord } from '../src/protocol/embed';
import { visitOn, type Emit, type Settings, type Visit } from './visit';

const BASE = new URL('https://chat.example/');

let frames: HTMLIFrameElement[];
const visits: Visit[] = [];

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

function visit(settings: Settings = {}): { visit: Visit; emitted: unknown[][] } {
  const emitted: unknown[][] = [];
  const emit: Emit = (...event) => emitted.push(event);
  const made = visitOn(BASE, emit, settings);
  visits.push(made);
  return { visit: made, emitted };
}

/** The frame's end: what it hears, and how it speaks. */
function frameOf(index = 0): { window: Window; heard: HostWord[]; say: (word: FrameWord) => void; greet: (event?: Partial<MessageEvent>) => void; origins: unknown[] } {
  const heard: HostWord[] = [];
  const origins: unknown[] = [];
  let port: MessagePort | undefined;
  const window_ = {
    postMessage: (_: unknown, origin: unknown, transfer?: MessagePort[]) => {
      origins.push(origin);
      port = transfer?.[0];
      if (port !== undefined) port.onmessage = ({ data }: MessageEvent<HostWord>) => heard.push(data);
    },
  } as unknown as Window;
  const frame = frames[index];
  if (frame !== undefined) Object.defineProperty(frame, 'contentWindow', { value: window_, configurable: true });
  return {
    window: window_,
    heard,
    origins,
    say: (word) => port?.postMessage(word),
    greet: (event = {}) => {
      const message = new MessageEvent('message', { data: { parley: 'frame' }, origin: BASE.origin, ...event } as MessageEventInit);
      Object.defineProperty(message, 'source', { value: event.source ?? window_ });
      dispatchEvent(message);
    },
  };
}

describe('the loader', () => {
  it('names the page to its frame, and puts nothing else into the address', () => {
    const { visit: one } = visit({ getToken: () => 'secret-token' });
    one.show(true);

    expect(frames[0]?.src).toBe(`https://chat.example/widget.html#host=${encodeURIComponent(location.origin)}`);
  });

  it('does not load the frame before it is wanted or the page is idle', () => {
    vi.stubGlobal('requestIdleCallback', vi.fn());
    visit();

    expect(frames[0]?.src).toBe('');
  });

  it('gives its port to its own frame alone, at its own origin alone', async () => {
    visit({ locale: 'ro' });
    const frame = frameOf();

    frame.greet({ origin: 'https://evil.example' });
    frame.greet({ source: window });
    frame.greet({ data: { parley: 'port' } });
    expect(frame.origins).toEqual([]);
    frame.greet();

    expect(frame.origins).toEqual(['https://chat.example']);
    await vi.waitFor(() => { expect(frame.heard[0]).toEqual({ kind: 'start', look: { locale: 'ro' }, signedIn: false, open: false }); });
  });

  it('gives a frame that loads again a new port and the whole beginning', async () => {
    visit({ getToken: () => 'x' });
    const frame = frameOf();
    frame.greet();
    frame.greet();

    await vi.waitFor(() => { expect(frame.heard.filter(({ kind }) => kind === 'start')).toHaveLength(2); });
    expect(frame.origins).toHaveLength(2);
  });

  it('asks the page for a token each time, and tells null, failure and token apart', async () => {
    const getToken = vi.fn<(fresh: boolean) => Promise<string | null>>()
      .mockResolvedValueOnce('one').mockResolvedValueOnce(null).mockRejectedValueOnce(new Error('no network'));
    visit({ getToken });
    const frame = frameOf();
    frame.greet();

    frame.say({ kind: 'needToken', id: 1, fresh: false });
    frame.say({ kind: 'needToken', id: 2, fresh: true });
    frame.say({ kind: 'needToken', id: 3, fresh: true });

    await vi.waitFor(() => { expect(frame.heard.filter(({ kind }) => kind === 'token' || kind === 'noToken')).toHaveLength(3); });
    expect(frame.heard).toEqual(expect.arrayContaining([
      { kind: 'token', id: 1, token: 'one' }, { kind: 'token', id: 2, token: null }, { kind: 'noToken', id: 3 },
    ]));
    expect(getToken.mock.calls).toEqual([[false], [true], [true]]);
  });

  it('opens, closes, and says so once each', () => {
    const { visit: one, emitted } = visit();

    one.show(true);
    one.show(true);
    one.show();
    one.show(false);

    expect(emitted).toEqual([['opened'], ['closed']]);
  });

  it('hands the frame\'s events on', async () => {
    const { emitted } = visit();
    const frame = frameOf();
    frame.greet();

    frame.say({ kind: 'event', name: 'message:sent', data: { thread: '1', seq: 2 } });

    await vi.waitFor(() => { expect(emitted).toEqual([['message:sent', { thread: '1', seq: 2 }]]); });
  });

  it('lets the frame forget before it takes it away', async () => {
    const { visit: one } = visit();
    const frame = frameOf();
    frame.greet();

    one.end();
    await vi.waitFor(() => { expect(frame.heard.at(-1)?.kind).toBe('shutdown'); });
    expect(document.body.childElementCount).toBe(1);
    frame.say({ kind: 'bye' });

    await vi.waitFor(() => { expect(document.body.childElementCount).toBe(0); });
  });
});

describe('commands', () => {
  it('given before the script was there are run when it is, in their order', async () => {
    const calls: unknown[] = [];
    window.parley = Object.assign(() => undefined, { q: [['on', 'opened', () => calls.push('opened')], ['init', {}], ['open'], ['nonsense']] });
    await import('./loader');

    window.parley('on', 'error', (error: unknown) => calls.push(error));
    window.parley('nonsense');

    expect(calls).toEqual(['opened', { code: 'unknown_command' }]);
    expect(frames).toHaveLength(1);
    window.parley('shutdown');
    window.parley('init', {});
    expect(frames).toHaveLength(2);
  });
});
