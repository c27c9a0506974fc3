import { waitFor } from '@testing-library/preact';
import { beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';

import { Refusal } from '../protocol/refusal';
import type { Upload } from './api';
import { Photos } from './photos';
import { fitted, isPhoto, LONGEST, shrink } from './shrink';
import { Uploads } from './uploads';

const LIMITS = { photos: 3, photo_bytes: 1000 };

let revoked: MockInstance<typeof URL.revokeObjectURL>;
let picture = { width: 800, height: 600, close: () => undefined };

beforeEach(() => {
  picture = { width: 800, height: 600, close: () => undefined };
  vi.stubGlobal('createImageBitmap', (file: File) => (file.name.startsWith('broken') ? Promise.reject(new Error('x')) : Promise.resolve(picture)));
  let count = 0;
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:${String((count += 1))}`);
  revoked = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined);
});

const file = (name = 'a.jpg', type = 'image/jpeg', size = 10): File => new File(['x'.repeat(size)], name, { type });

/** A server that takes photos one by one, when it is told to. */
function slow(): { upload: (upload: Upload) => Promise<{ id: string; width: number; height: number }>; got: Upload[]; take: (refusal?: Refusal) => void } {
  const got: Upload[] = [];
  const waiting: { resolve: (id: { id: string; width: number; height: number }) => void; reject: (refusal: Refusal) => void }[] = [];
  return {
    got,
    upload: (upload) => {
      got.push(upload);
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        upload.signal.addEventListener('abort', () => { reject(new Refusal('offline')); });
      });
    },
    take: (refusal) => {
      const next = waiting.shift();
      if (refusal === undefined) next?.resolve({ id: `photo-${String(got.length)}`, width: 4, height: 3 });
      else next?.reject(refusal);
    },
  };
}

function uploads(server: ReturnType<typeof slow>): Uploads {
  return new Uploads({ api: server, limits: () => LIMITS });
}

describe('uploads', () => {
  it('send each photo with its progress, and hold what the server gave', async () => {
    const server = slow();
    const tray = uploads(server);
    tray.add([file()]);
    await waitFor(() => { expect(server.got).toHaveLength(1); });

    server.got[0]?.onProgress(0.4);
    expect(tray.items.value[0]?.share).toBe(0.4);
    server.take();

    await waitFor(() => { expect(tray.items.value[0]?.photo).toEqual({ id: 'photo-1', width: 4, height: 3 }); });
  });

  it('leave out what is no photo and what is too many, and say how many', () => {
    const tray = uploads(slow());

    expect(tray.add([file(), file('b.pdf', 'application/pdf'), file('c.svg', 'image/svg+xml')])).toEqual({ foreign: 2, tooMany: 0 });
    expect(tray.add([file(), file(), file()])).toEqual({ foreign: 0, tooMany: 1 });
    expect(tray.items.value).toHaveLength(3);
  });

  it('are tried again under the same key when the connection is back', async () => {
    const server = slow();
    const tray = uploads(server);
    tray.add([file()]);
    await waitFor(() => { expect(server.got).toHaveLength(1); });
    server.take(new Refusal('offline'));
    await waitFor(() => { expect(tray.items.value[0]?.refused).toBe('offline'); });

    tray.retry();

    await waitFor(() => { expect(server.got).toHaveLength(2); });
    expect(server.got[1]?.key).toBe(server.got[0]?.key);
    expect(tray.items.value[0]?.refused).toBeUndefined();
  });

  it('that the server refused are only tried again when asked for', async () => {
    const server = slow();
    const tray = uploads(server);
    tray.add([file()]);
    await waitFor(() => { expect(server.got).toHaveLength(1); });
    server.take(new Refusal('photo_refused'));
    await waitFor(() => { expect(tray.items.value[0]?.refused).toBe('photo_refused'); });

    tray.retry();
    expect(server.got).toHaveLength(1);
    tray.retry(tray.items.value[0]?.key ?? '');

    await waitFor(() => { expect(server.got).toHaveLength(2); });
  });

  it('end when they are taken out', async () => {
    const server = slow();
    const tray = uploads(server);
    tray.add([file()]);
    await waitFor(() => { expect(server.got).toHaveLength(1); });

    tray.remove(tray.items.value[0]?.key ?? '');

    expect(server.got[0]?.signal.aborted).toBe(true);
    expect(tray.items.value).toEqual([]);
    expect(revoked).toHaveBeenCalledWith('blob:1');
  });

  it('say that a file is no photo after all', async () => {
    const tray = uploads(slow());

    tray.add([file('broken.gif', 'image/gif')]);

    await waitFor(() => { expect(tray.items.value[0]?.refused).toBe('photo_refused'); });
  });
});

describe('photos on their way', () => {
  it('go as they are where they are small enough, and where only the server can read them', async () => {
    const [small, heic] = [file(), file('broken.heic', 'image/heic')];

    expect(await shrink(small, 1000)).toBe(small);
    expect(await shrink(heic, 1000)).toBe(heic);
  });

  it('fit the longest edge and keep their shape', () => {
    expect(fitted(8192, 4096)).toEqual({ width: LONGEST, height: 2048 });
    expect(fitted(100, 20_000)).toEqual({ width: 20, height: LONGEST });
    expect(fitted(640, 480)).toEqual({ width: 640, height: 480 });
    expect(fitted(1, 100_000)).toEqual({ width: 1, height: LONGEST });
  });

  it('are known by their type, and a drawing with scripts is none', () => {
    expect(isPhoto(file('a.webp', 'image/webp'))).toBe(true);
    expect(isPhoto(file('a.svg', 'image/svg+xml'))).toBe(false);
    expect(isPhoto(file('a.html', 'text/html'))).toBe(false);
  });
});

describe('stored photos', () => {
  it('are fetched once, and the ones not looked at for longest are let go', async () => {
    const fetched: string[] = [];
    const photos = new Photos({ photo: (id) => { fetched.push(id); return Promise.resolve(new Blob()); } });

    await photos.address('first', 'thumb');
    for (let count = 0; count < 79; count += 1) await photos.address(String(count), 'thumb');
    await photos.address('first', 'thumb');
    await photos.address('one more', 'thumb');
    await photos.address('first', 'thumb');
    expect(fetched.filter((id) => id === 'first')).toHaveLength(1);
    await photos.address('0', 'thumb');

    expect(fetched.filter((id) => id === '0')).toHaveLength(2);
    expect(revoked).toHaveBeenCalledWith('blob:2');
  });

  it('that could not be fetched are fetched again', async () => {
    const photo = vi.fn<() => Promise<Blob>>().mockRejectedValueOnce(new Refusal('offline')).mockResolvedValue(new Blob());
    const photos = new Photos({ photo });

    await expect(photos.address('1', 'full')).rejects.toMatchObject({ code: 'offline' });
    await expect(photos.address('1', 'full')).resolves.toBe('blob:1');
  });
});
