"""Re-encoding of a photo: any accepted file in, two clean JPEGs out.

Pure work on bytes and pixels. It runs only in the processes of `image_worker`, because decoders of
foreign files are where servers get broken into; nothing here opens files, sockets or processes.
"""

import io
import warnings
from typing import BinaryIO, Final, NamedTuple

import pillow_heif
from PIL import Image, ImageCms, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from chat_server.domain.errors import PhotoRefused
from chat_server.gateways.image_terms import FULL_BYTES, Refusal

FULL_EDGE: Final = 4096
"""Pixels of the longer side that is kept; the web client scales to the same (PRODUCT: messages)."""

THUMB_EDGE: Final = 480
THUMB_QUALITY: Final = 80

LADDER: Final = ((FULL_EDGE, 85), (FULL_EDGE, 70), (2048, 75))
"""Longest edge and JPEG quality, tried until `FULL_BYTES` holds: nearly all photos take the
first, and noise alone needs the last, which always holds."""

HEIF_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
)

TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What each value of the EXIF orientation asks for."""

ORIENTATION: Final = 0x0112
SRGB: Final = ImageCms.createProfile("sRGB")
ICC_SPACES: Final = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}
ICC_BYTES: Final = 4 * 1024 * 1024
"""Larger colour profiles are dropped unread; those of printers stay under 3 MiB."""

# Named so that the plugins count as used: importing one registers its format, and no other is.
PLUGINS: Final = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
pillow_heif.register_heif_opener(thumbnails=False)
pillow_heif.options.DECODE_THREADS = 2


class Reencoded(NamedTuple):
    """Two JPEGs without metadata, upright, in sRGB, and their sizes in pixels."""

    full: bytes
    thumb: bytes
    width: int
    height: int
    thumb_width: int
    thumb_height: int


def kind_of(head: bytes) -> str | None:
    """Which accepted format the first 64 bytes announce; None for every other kind of file."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return "HEIF"
    return None


def reencode(source: BinaryIO, max_pixels: int) -> Reencoded:
    """Decodes the first frame and writes it anew in both sizes.

    Raises PhotoRefused (see `Refusal`); a broken file may raise anything else that a decoder
    raises, MemoryError among it, which the caller takes for `unreadable`.
    """
    with warnings.catch_warnings():
        # Decoders warn of much that is odd and harmless.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        full, image = written(normal(decoded(source, max_pixels)))
    thumb = image.copy()
    thumb.thumbnail((THUMB_EDGE, THUMB_EDGE), Image.Resampling.LANCZOS)
    return Reencoded(full, jpeg(thumb, THUMB_QUALITY), *image.size, *thumb.size)


def decoded(source: BinaryIO, max_pixels: int) -> Image.Image:
    """The pixels of the first frame; their number is checked before any is decoded, and after."""
    head = source.read(64)
    source.seek(0)
    if not head:
        raise PhotoRefused(Refusal.EMPTY)
    kind = kind_of(head)
    if kind is None:
        raise PhotoRefused(Refusal.UNSUPPORTED)
    Image.MAX_IMAGE_PIXELS = max_pixels
    try:
        image = Image.open(source, formats=(kind,))
        refuse_larger(image, max_pixels)
        # JPEG alone can skip pixels while it decodes: to a half, a quarter or an eighth.
        image.draft(None, (FULL_EDGE, FULL_EDGE))
        image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PhotoRefused(Refusal.TOO_MANY_PIXELS) from error
    refuse_larger(image, max_pixels)
    return image


def refuse_larger(image: Image.Image, max_pixels: int) -> None:
    """Raises PhotoRefused where the picture has more pixels than are taken."""
    if image.width * image.height > max_pixels:
        raise PhotoRefused(Refusal.TOO_MANY_PIXELS)


def normal(image: Image.Image) -> Image.Image:
    """Upright, opaque, in sRGB, no larger than is kept, and without a word beside its pixels."""
    turn, profile = turn_of(image), image.info.get("icc_profile")
    # One step at a time: each lets go of the picture that it was given.
    image = alone(image)
    image = opaque(image)
    image = shrunk(image)
    image = upright(as_srgb(image, profile), turn)
    # JPEG comments and the like would travel along in `info`.
    image.info = {}
    return image


def alone(image: Image.Image) -> Image.Image:
    """The frame without its decoder, which for WebP holds two more copies of it."""
    return image.copy() if image.format == "WEBP" else image


def opaque(image: Image.Image) -> Image.Image:
    """The picture on white where it is transparent, with 8 bits per channel, as L, RGB or CMYK."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey; a plain conversion would clip at 255 instead of scaling.
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        layer = image if image.mode == "RGBA" else image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer)
        return image
    return image if image.mode in ICC_SPACES else image.convert("RGB")


def turn_of(image: Image.Image) -> Image.Transpose | None:
    """What has to be done to stand upright; nothing where the EXIF data is missing or broken."""
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - EXIF is written by strangers; a photo needs none
        return None


def shrunk(image: Image.Image) -> Image.Image:
    """At most `FULL_EDGE` on the longer side; in place, to have one copy in memory."""
    image.thumbnail((FULL_EDGE, FULL_EDGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def as_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB as every screen takes it to be, by the embedded profile where it makes sense."""
    converted = by_profile(image, profile) if profile else None
    return image.convert("RGB") if converted is None else converted


def by_profile(image: Image.Image, icc: bytes) -> Image.Image | None:
    """The picture in sRGB, or None where the profile is broken, foreign, huge, or sRGB itself."""
    if len(icc) > ICC_BYTES:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        if profile.profile.xcolor_space.strip() != ICC_SPACES[image.mode]:
            return None
        if ImageCms.getProfileDescription(profile).startswith("sRGB"):
            return None
        return ImageCms.profileToProfile(image, profile, SRGB, outputMode="RGB")
    except Exception:  # noqa: BLE001 - the profile is a stranger's too; without it colours are near
        return None


def upright(image: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    """The picture turned as its EXIF orientation asked for."""
    return image if turn is None else image.transpose(turn)


def written(image: Image.Image) -> tuple[bytes, Image.Image]:
    """The file that is kept, and the picture as it was written."""
    full = b""
    for edge, quality in LADDER:
        image.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        full = jpeg(image, quality)
        if len(full) <= FULL_BYTES:
            break
    return full, image


def jpeg(image: Image.Image, quality: int) -> bytes:
    """A progressive JPEG that holds the pixels and nothing else."""
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, progressive=True, optimize=True)
    return target.getvalue()
