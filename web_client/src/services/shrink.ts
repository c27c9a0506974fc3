/** Photos made small enough to send. What the browser cannot read goes as it is: the server may know it. */

/** The longest edge that is sent, in pixels. */
export const LONGEST = 4096;

/** What the server takes as it is. */
const TAKEN = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif'];

const QUALITY = 0.9;

/** The size that fits `LONGEST`, in the same shape. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const share = Math.min(1, LONGEST / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/** Whether a file may be a photo at all, by what the browser says of it. */
export function isPhoto(file: File): boolean {
  return file.type.startsWith('image/') && file.type !== 'image/svg+xml';
}

/** The bytes to send for a file, or null where it is no photo that anybody here can read. */
export async function shrink(file: File, mostBytes: number): Promise<Blob | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (picture === null) return TAKEN.includes(file.type) ? file : null;
  const size = fitted(picture.width, picture.height);
  const fits = size.width === picture.width && file.size <= mostBytes && TAKEN.includes(file.type);
  const blob = fits ? file : await drawn(picture, size);
  picture.close();
  return blob;
}

async function drawn(picture: ImageBitmap, { width, height }: { width: number; height: number }): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const brush = canvas.getContext('2d');
  if (brush === null) return null;
  // The stored photo is a JPEG: what was see-through becomes white there as here.
  brush.fillStyle = '#ffffff';
  brush.fillRect(0, 0, width, height);
  brush.drawImage(picture, 0, 0, width, height);
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', QUALITY);
  });
}
