"""Image files as strangers might send them, each made by code, with the outcome expected.

Nothing here is a fixture or a test; `test_images` sends every entry through the door for photos.
"""

import functools
import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pillow_heif
from PIL import Image, ImageCms, ImageDraw
from PIL.Image import Exif

from chat_server.gateways.image_terms import Refusal
from chat_server.gateways.images import FULL_EDGE

pillow_heif.register_heif_opener(thumbnails=False)

SCRIPT = b"<script>globalThis.__pwned = 1</script>"
ORIENTATION, GPS = 0x0112, 0x8825


class Entry(NamedTuple):
    """A file, and whether it is taken (`size` of the result in pixels) or why not."""

    name: str
    make: Callable[[], bytes]
    outcome: tuple[int, int] | Refusal


def picture(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """Four quarters in red, green, blue and white: which way is up can be told from any corner."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    across, down = width // 2, height // 2
    draw.rectangle((0, 0, across - 1, down - 1), "#d00000")
    draw.rectangle((across, 0, width, down - 1), "#00a000")
    draw.rectangle((0, down, across - 1, height), "#0000d0")
    return image.convert(mode)


def file(image: Image.Image, kind: str, **options: object) -> bytes:
    """The image as a file of this format."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def jpeg(**options: object) -> bytes:
    return file(picture(), "JPEG", **options)


def segment(marker: int, body: bytes) -> bytes:
    """A JPEG segment with its length."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG chunk with its length and checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *extra: bytes) -> bytes:
    """A PNG written by hand, with extra chunks before the pixels."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *extra, chunk(b"IDAT", rows), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def zeros(count: int) -> bytes:
    """So many zero bytes, compressed without ever being in memory at once."""
    squeeze = zlib.compressobj(1)
    block = bytes(1 << 20)
    pieces = [squeeze.compress(block) for _ in range(count >> 20)]
    pieces.append(squeeze.compress(bytes(count & 0xFFFFF)))
    return b"".join(pieces) + squeeze.flush()


def in_jpeg(*segments: bytes) -> bytes:
    """A good JPEG with these segments after its start."""
    good = jpeg()
    return good[:2] + b"".join(segments) + good[2:]


def png_bomb() -> bytes:
    return png(60_000, 60_000, 1, 0, zeros(60_000 * 7_501))


def huge_profile() -> bytes:
    """Three megabytes of colour profile in the pieces that JPEG wants."""
    pieces = [random.Random(58).randbytes(60_000) for _ in range(50)]
    return in_jpeg(
        *(
            segment(0xE2, b"ICC_PROFILE\x00" + bytes((number, len(pieces))) + piece)
            for number, piece in enumerate(pieces, 1)
        )
    )


def huge_exif() -> bytes:
    """Six megabytes of EXIF in a hundred segments, none of it true."""
    return in_jpeg(*(segment(0xE1, b"Exif\x00\x00MM\x00*" + b"\xff" * 65_000) for _ in range(100)))


def looping_exif() -> bytes:
    """A directory whose last entry points back at itself."""
    body = b"MM\x00*\x00\x00\x00\x08" + struct.pack(">HHHIII", 1, GPS, 4, 1, 8, 8)
    return in_jpeg(segment(0xE1, b"Exif\x00\x00" + body))


def exif_gps() -> bytes:
    exif = Exif()
    exif[GPS] = {1: "N", 2: (47.0, 1.0, 28.0), 3: "E", 4: (28.0, 51.0, 47.0)}
    exif[0x010F] = "SecretCamera"
    return jpeg(exif=exif, comment=b"taken at SecretPlace")


def turned(orientation: int, kind: str = "JPEG") -> bytes:
    """The picture with this EXIF orientation, lying as a camera would have stored it."""
    exif = Exif()
    exif[ORIENTATION] = orientation
    return file(picture(), kind, exif=exif, **({"quality": 95} if kind == "JPEG" else {}))


def frames(kind: str, count: int) -> bytes:
    """An animation of this many frames."""
    colours = [Image.new("RGB", (8, 8), (step % 256, step // 256, 99)) for step in range(count)]
    return file(colours[0], kind, save_all=True, append_images=colours[1:], duration=20)


def lying_frames() -> bytes:
    """An APNG that announces two thousand million frames and has one."""
    good = file(picture(), "PNG")
    return good[:33] + chunk(b"acTL", struct.pack(">II", 0x7FFFFFFF, 0)) + good[33:]


def endless_scans(side: int = 5_000, count: int = 4_000) -> bytes:
    """A progressive JPEG whose last scan comes again and again: small, and hours of work."""
    good = file(Image.new("L", (side, side), 128), "JPEG", progressive=True)
    start = good.rindex(b"\xff\xda")
    return good[:start] + good[start:-2] * count + b"\xff\xd9"


@functools.cache
def grainy() -> bytes:
    """Sixteen megapixels of noise: re-encoded well, it would be larger than is kept."""
    noise = random.Random(58).randbytes(1024 * 1024)
    tile = Image.frombytes("L", (1024, 1024), noise)
    image = Image.new("L", (FULL_EDGE, FULL_EDGE))
    for place in range(16):
        image.paste(tile, (place % 4 * 1024, place // 4 * 1024))
    return file(image, "JPEG", quality=60)


def claims_pixels(side: int) -> bytes:
    """A JPEG whose header announces this many pixels a side."""
    good = bytearray(jpeg())
    place = good.index(b"\xff\xc0") + 5
    good[place : place + 4] = struct.pack(">HH", side, side)
    return bytes(good)


def heic(**options: object) -> bytes:
    return file(picture(), "HEIF", quality=80, **options)


def heic_claims_pixels(side: int) -> bytes:
    """A HEIC whose property boxes announce this many pixels a side."""
    before, *boxes = heic().split(b"ispe")
    claim = bytes(4) + struct.pack(">II", side, side)
    return before + b"".join(b"ispe" + claim + box[len(claim) :] for box in boxes)


def heic_of_26_megapixels() -> bytes:
    image = Image.new("RGB", (5_200, 5_000), "red")
    return file(image, "HEIF", quality=1, enc_params={"preset": "ultrafast"})


def wide_gamut() -> bytes:
    """A profile that is not sRGB: its colours have to be converted."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    return jpeg(icc_profile=profile.tobytes())


def sixteen_bits(colour: int, channels: int) -> bytes:
    """A PNG of 16 bits a channel, from black to white."""
    row = b"".join(struct.pack(">H", x * 257) * channels for x in range(256))
    return png(256, 2, 16, colour, zlib.compress((b"\x00" + row) * 2))


def see_through_palette() -> bytes:
    image = picture().quantize(8)
    return file(image, "PNG", transparency=0)


def many_parts() -> bytes:
    """Several pictures in one file, as phones write them beside the main one (MPO)."""
    return file(picture(), "MPO", save_all=True, append_images=[picture(32, 32), picture(16, 16)])


def cut(good: bytes) -> bytes:
    return good[: len(good) * 2 // 3]


SIZE = (64, 48)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.__pwned=1"/>'
AVIF_BRAND = b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf" + bytes(64)

CORPUS: tuple[Entry, ...] = (
    # Two things at once: what is stored is neither.
    Entry("jpeg_then_html", lambda: jpeg() + b"<!doctype html>" + SCRIPT, SIZE),
    Entry("html_in_jpeg_comment", lambda: jpeg(comment=SCRIPT), SIZE),
    Entry("zip_after_png", lambda: file(picture(), "PNG") + b"PK\x03\x04" + SCRIPT, SIZE),
    Entry("gif_then_jpeg", lambda: b"GIF89a/*" + jpeg(), Refusal.UNSUPPORTED),
    Entry("html_then_jpeg", lambda: SCRIPT + jpeg(), Refusal.UNSUPPORTED),
    # Small files, huge pictures.
    Entry("png_bomb_60000", png_bomb, Refusal.TOO_MANY_PIXELS),
    Entry(
        "png_50_megapixels",
        lambda: png(10_000, 5_000, 8, 0, zeros(5_000 * 10_001)),
        Refusal.TOO_MANY_PIXELS,
    ),
    Entry("jpeg_claims_65500", lambda: claims_pixels(65_500), Refusal.TOO_MANY_PIXELS),
    Entry("heic_26_megapixels", heic_of_26_megapixels, Refusal.TOO_MANY_PIXELS),
    Entry("heic_claims_6000", lambda: heic_claims_pixels(6_000), Refusal.UNREADABLE),
    Entry("heic_claims_90000", lambda: heic_claims_pixels(90_000), Refusal.UNREADABLE),
    Entry("one_pixel_too_many", lambda: png(25_000_001, 1, 1, 0, b""), Refusal.TOO_MANY_PIXELS),
    Entry(
        "webp_16383",
        lambda: file(Image.new("RGB", (16_383, 1_600)), "WEBP", lossless=True, method=0),
        Refusal.TOO_MANY_PIXELS,
    ),
    Entry("png_bomb_in_profile", lambda: png_text(b"iCCP"), Refusal.UNREADABLE),
    Entry("png_bomb_in_text", lambda: png_text(b"zTXt"), Refusal.UNREADABLE),
    # As many pixels as are taken, in the formats that need most memory.
    Entry(
        "webp_25_megapixels",
        lambda: file(Image.new("RGBA", (5_000, 5_000), (9, 99, 9, 9)), "WEBP", method=0),
        (FULL_EDGE, FULL_EDGE),
    ),
    Entry(
        "jpeg_25_megapixels",
        lambda: file(
            Image.new("CMYK", (5_000, 5_000)), "JPEG", progressive=True, subsampling=0, quality=50
        ),
        (FULL_EDGE, FULL_EDGE),
    ),
    Entry("long_strip", lambda: png(1, 1_000_000, 1, 0, zeros(2_000_000)), (1, FULL_EDGE)),
    Entry("grainy_16_megapixels", grainy, (FULL_EDGE, FULL_EDGE)),
    # Broken.
    Entry("empty", bytes, Refusal.EMPTY),
    Entry("cut_jpeg", lambda: cut(jpeg()), Refusal.UNREADABLE),
    Entry("cut_png", lambda: cut(file(picture(), "PNG")), Refusal.UNREADABLE),
    Entry("cut_webp", lambda: cut(file(picture(), "WEBP")), Refusal.UNREADABLE),
    Entry("cut_heic", lambda: cut(heic()), Refusal.UNREADABLE),
    Entry("only_a_start", lambda: b"\xff\xd8\xff", Refusal.UNREADABLE),
    Entry("noise_after_a_start", lambda: jpeg()[:20] + bytes(1000), Refusal.UNREADABLE),
    Entry("no_pixels", lambda: png(10, 10, 8, 2, b""), Refusal.UNREADABLE),
    Entry("wrong_checksum", lambda: file(picture(), "PNG")[:-20] + bytes(20), Refusal.UNREADABLE),
    Entry("width_of_nothing", lambda: claims_pixels(0), Refusal.UNREADABLE),
    # Something else, by whatever name it came.
    Entry("svg", lambda: SVG, Refusal.UNSUPPORTED),
    Entry("svg_with_bom", lambda: b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG, Refusal.UNSUPPORTED),
    Entry("gif", lambda: file(picture(), "GIF"), Refusal.UNSUPPORTED),
    Entry("html_called_jpg", lambda: b"<!doctype html>" + SCRIPT, Refusal.UNSUPPORTED),
    Entry("pdf", lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", Refusal.UNSUPPORTED),
    Entry("postscript", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", Refusal.UNSUPPORTED),
    Entry("bmp", lambda: file(picture(), "BMP"), Refusal.UNSUPPORTED),
    Entry("tiff", lambda: file(picture(), "TIFF"), Refusal.UNSUPPORTED),
    Entry("avif", lambda: AVIF_BRAND, Refusal.UNSUPPORTED),
    Entry("zip", lambda: b"PK\x03\x04" + bytes(100), Refusal.UNSUPPORTED),
    # Frames without end: the first one is the photo.
    Entry("png_of_2000_frames", lambda: frames("PNG", 2_000), (8, 8)),
    Entry("webp_of_2000_frames", lambda: frames("WEBP", 2_000), (8, 8)),
    Entry("png_lies_about_frames", lying_frames, SIZE),
    Entry("heic_of_20_pictures", lambda: frames("HEIF", 20), (8, 8)),
    Entry("jpeg_of_3_pictures", many_parts, SIZE),
    # What cameras and editors add.
    Entry("exif_gps", exif_gps, SIZE),
    Entry("exif_huge", huge_exif, SIZE),
    Entry("exif_loops", looping_exif, SIZE),
    Entry("profile_huge", huge_profile, SIZE),
    Entry("profile_of_another_kind", wide_gamut, SIZE),
    *(
        Entry(f"orientation_{n}", functools.partial(turned, n), SIZE if n < 5 else SIZE[::-1])
        for n in range(1, 9)
    ),
    Entry("orientation_9", functools.partial(turned, 9), SIZE),
    Entry("orientation_6_in_png", functools.partial(turned, 6, "PNG"), SIZE[::-1]),
    Entry("orientation_6_in_webp", functools.partial(turned, 6, "WEBP"), SIZE[::-1]),
    # Ways to store pixels.
    Entry("single_pixel", lambda: png(1, 1, 8, 0, zlib.compress(b"\x00\x7f")), (1, 1)),
    Entry("png_called_jpg", lambda: file(picture(), "PNG"), SIZE),
    Entry("webp", lambda: file(picture(), "WEBP"), SIZE),
    Entry("heic", heic, SIZE),
    Entry("progressive", lambda: jpeg(progressive=True), SIZE),
    Entry("cmyk", lambda: file(picture(mode="CMYK"), "JPEG"), SIZE),
    Entry("grey", lambda: file(picture(mode="L"), "JPEG"), SIZE),
    Entry("black_and_white", lambda: file(picture(mode="1"), "PNG"), SIZE),
    Entry("sixteen_bits_grey", lambda: sixteen_bits(0, 1), (256, 2)),
    Entry("sixteen_bits_colour", lambda: sixteen_bits(2, 3), (256, 2)),
    Entry("palette_see_through", see_through_palette, SIZE),
    Entry("grey_see_through", lambda: file(picture(mode="LA"), "PNG"), SIZE),
    Entry("colour_see_through", lambda: file(picture(mode="RGBA"), "WEBP", lossless=True), SIZE),
)


def png_text(kind: bytes) -> bytes:
    """A good PNG with a compressed chunk of 100 MiB of zeros."""
    good = file(picture(), "PNG")
    return good[:33] + chunk(kind, b"name\x00\x00" + zeros(100 << 20)) + good[33:]


def pieces(content: bytes, size: int = 64 * 1024) -> Iterator[bytes]:
    """The content in pieces, as it comes over HTTP."""
    for start in range(0, len(content), size):
        yield content[start : start + size]
