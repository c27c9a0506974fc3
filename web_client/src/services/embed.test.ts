import { waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { FrameWord, HostWord } from '../protocol/embed';
import { Embed, hostOrigin, type Surroundings } from './embed';

const SHOP = 'https://shop.example';

/** The window around the frame, which remembers what it was told. */
function hostPage(): { around: Surroundings; parent: object; told: unknown[]; speak: (event: Partial<MessageEvent>) => void } {
  const told: unknown[] = [];
  const listeners: ((event: MessageEvent) => void)[] = [];
  const parent = { postMessage: (data: unknown, origin: unknown) => told.push([data, origin]) };
  const around = {
    parent,
    addEventListener: (_: string, listener: unknown) => listeners.push(listener as (event: MessageEvent) => void),
    removeEventListener: () => undefined,
  } as unknown as Surroundings;
  return { around, parent, told, speak: (event) => { listeners.forEach((listen) => { listen(event as MessageEvent); }); } };
}

const open: MessagePort[] = [];

afterEach(() => {
  open.splice(0).forEach((port) => {
    port.close();
  });
});

/** A frame that listens to the shop's page, and the page's end of their channel. */
function connected(hear: (word: HostWord) => void = () => undefined): { embed: Embed; host: MessagePort; heard: FrameWord[] } {
  const { around, parent, speak } = hostPage();
  const { port1, port2 } = new MessageChannel();
  const heard: FrameWord[] = [];
  port1.onmessage = ({ data }: MessageEvent<FrameWord>) => heard.push(data);
  const embed = new Embed(hear);
  embed.listen(SHOP, around);
  speak({ source: parent as Window, origin: SHOP, data: { parley: 'port' }, ports: [port2] });
  open.push(port1, port2);
  return { embed, host: port1, heard };
}

describe('the origin of the host page', () => {
  it('is read from the address, and is nothing but an origin', () => {
    expect(hostOrigin('#host=https%3A%2F%2Fshop.example')).toBe(SHOP);
    expect(hostOrigin('#host=https%3A%2F%2Fshop.example%2Fpath%3Fq')).toBe(SHOP);
    for (const hash of ['', '#', '#host=', '#host=*', '#host=null', '#host=javascript%3Aalert(1)', '#host=data%3A%2C', '#other=1']) {
      expect(hostOrigin(hash)).toBeNull();
    }
  });
});

describe('the frame', () => {
  it('offers itself to the one origin that it was made for, and tells nothing by that', () => {
    const { around, told } = hostPage();

    new Embed(() => undefined).listen(SHOP, around);

    expect(told).toEqual([[{ parley: 'frame' }, SHOP]]);
  });

  it('takes a port from the window around it alone, from its origin alone, in the right words alone', async () => {
    const { around, parent, speak } = hostPage();
    const hear = vi.fn();
    const embed = new Embed(hear);
    embed.listen(SHOP, around);
    const wrong: Partial<MessageEvent>[] = [
      { source: {} as Window, origin: SHOP, data: { parley: 'port' } },
      { source: parent as Window, origin: 'https://evil.example', data: { parley: 'port' } },
      { source: parent as Window, origin: 'https://shop.example.evil.example', data: { parley: 'port' } },
      { source: parent as Window, origin: 'http://shop.example', data: { parley: 'port' } },
      { source: parent as Window, origin: SHOP, data: { parley: 'frame' } },
      { source: parent as Window, origin: SHOP, data: 'port' },
      { source: parent as Window, origin: SHOP, data: null },
    ];
    const told: unknown[] = [];
    for (const event of wrong) {
      const { port1, port2 } = new MessageChannel();
      open.push(port1, port2);
      port1.onmessage = ({ data }: MessageEvent<unknown>) => told.push(data);
      speak({ ...event, ports: [port2] });
      port1.postMessage({ kind: 'shutdown' } satisfies HostWord);
    }

    embed.event('unread', { count: 3 });
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    port1.onmessage = ({ data }: MessageEvent<unknown>) => told.push(data);
    speak({ source: parent as Window, origin: SHOP, data: { parley: 'port' }, ports: [port2] });
    port1.postMessage({ kind: 'shown', open: true } satisfies HostWord);
    await waitFor(() => { expect(hear).toHaveBeenCalled(); });
    embed.event('unread', { count: 4 });
    await waitFor(() => { expect(told).not.toEqual([]); });

    // What was said before through a wrong port would have come before.
    expect(hear.mock.calls).toEqual([[{ kind: 'shown', open: true }]]);
    expect(told).toEqual([{ kind: 'event', name: 'unread', data: { count: 4 } }]);
  });

  it('hears only words from the list', async () => {
    const hear = vi.fn();
    const { host } = connected(hear);

    for (const word of [null, 7, 'shutdown', {}, { kind: 'eval', code: '1' }, { kind: 'shown', open: true }]) host.postMessage(word);

    await waitFor(() => { expect(hear).toHaveBeenCalled(); });
    expect(hear.mock.calls).toEqual([[{ kind: 'shown', open: true }]]);
  });

  it('asks for a token through the port, and for a fresh one where the last was refused', async () => {
    const { embed, host, heard } = connected();
    host.onmessage = ({ data }: MessageEvent<FrameWord>) => {
      heard.push(data);
      if (data.kind === 'needToken') host.postMessage({ kind: 'token', id: data.id, token: data.fresh ? 'fresh' : 'held' });
    };

    expect(await embed.token(false)).toBe('held');
    expect(await embed.token(true)).toBe('fresh');
    expect(heard).toEqual([{ kind: 'needToken', id: 1, fresh: false }, { kind: 'needToken', id: 2, fresh: true }]);
  });

  it('knows nobody who is signed in from somebody who cannot say', async () => {
    const { embed, host } = connected();
    host.onmessage = ({ data }: MessageEvent<FrameWord>) => {
      if (data.kind !== 'needToken') return;
      host.postMessage(data.fresh ? { kind: 'noToken', id: data.id } : { kind: 'token', id: data.id, token: null });
    };

    expect(await embed.token(false)).toBeNull();
    await expect(embed.token(true)).rejects.toMatchObject({ code: 'offline' });
  });
});
