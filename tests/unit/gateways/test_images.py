"""What becomes of pixels: colours, sizes and the formats that are told apart."""

import io
import random

import pytest
from PIL import Image, ImageCms

from chat_server.domain.errors import PhotoRefused
from chat_server.gateways.image_terms import FULL_BYTES, Refusal
from chat_server.gateways.images import FULL_EDGE, THUMB_EDGE, Reencoded, kind_of, reencode
from tests.hostile.images import cut, file, heic, jpeg, picture, sixteen_bits

MAX_PIXELS = 25_000_000


def reencoded(content: bytes, max_pixels: int = MAX_PIXELS) -> Reencoded:
    return reencode(io.BytesIO(content), max_pixels)


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def middle(content: bytes) -> tuple[int, ...]:
    image = shown(content)
    colour = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(colour, tuple)
    return tuple(int(channel) for channel in colour)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (jpeg(), "JPEG"),
        (file(picture(), "PNG"), "PNG"),
        (file(picture(), "WEBP"), "WEBP"),
        (heic(), "HEIF"),
        (file(picture(), "GIF"), None),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"\0\0\0\x1cftypavif", None),
        (b"\xff\xd8", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(head: bytes, kind: str | None) -> None:
    assert kind_of(head[:64]) == kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", Refusal.EMPTY), (b"hello", Refusal.UNSUPPORTED)],
)
def test_what_is_no_photo_is_refused(content: bytes, reason: Refusal) -> None:
    with pytest.raises(PhotoRefused) as refused:
        reencoded(content)

    assert refused.value.reason == reason


@pytest.mark.parametrize("max_pixels", [64 * 48 - 1, 64 * 48 // 2 - 1, 1])
def test_one_pixel_more_than_allowed_is_too_many(max_pixels: int) -> None:
    with pytest.raises(PhotoRefused) as refused:
        reencoded(jpeg(), max_pixels)

    assert refused.value.reason == Refusal.TOO_MANY_PIXELS


def test_as_many_pixels_as_allowed_are_taken() -> None:
    assert reencoded(jpeg(), 64 * 48).width == 64


def test_a_cut_file_is_an_error_of_the_decoder() -> None:
    with pytest.raises(OSError, match=r"(?i)truncated"):
        reencoded(cut(jpeg()))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ((5_000, 2_500), (FULL_EDGE, FULL_EDGE // 2)),
        ((1_000, 5_000), (819, FULL_EDGE)),
        ((FULL_EDGE, 7), (FULL_EDGE, 7)),
        ((300, 200), (300, 200)),
        ((9_000, 20), (FULL_EDGE, 9)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_larger_pictures_are_scaled_and_smaller_ones_are_not(
    kind: str, given: tuple[int, int], kept: tuple[int, int]
) -> None:
    photo = reencoded(file(Image.new("RGB", given), kind))

    assert (photo.width, photo.height) == kept == shown(photo.full).size
    assert (photo.thumb_width, photo.thumb_height) == shown(photo.thumb).size
    assert max(shown(photo.thumb).size) == min(THUMB_EDGE, max(given))


@pytest.mark.slow
def test_noise_is_kept_smaller_rather_than_refused() -> None:
    side = FULL_EDGE
    noise = Image.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3))

    photo = reencoded(file(noise, "JPEG", quality=95, subsampling=0))

    assert len(photo.full) <= FULL_BYTES
    assert photo.width >= 2_048


def test_colours_of_another_space_are_converted() -> None:
    image = Image.new("RGB", (32, 32), (200, 40, 40))
    plain = middle(reencoded(file(image, "PNG")).full)

    by_profile = middle(reencoded(file(image, "PNG", icc_profile=swapped_channels())).full)

    assert plain == pytest.approx((200, 40, 40), abs=6)
    assert by_profile == pytest.approx((40, 40, 200), abs=12)


def swapped_channels() -> bytes:
    """A profile whose red is sRGB's blue, and the other way round."""
    content = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    renamed = content.replace(b"s\0R\0G\0B", b"S\0w\0a\0p")
    red, blue = renamed.index(b"rXYZ") + 4, renamed.index(b"bXYZ") + 4
    places = renamed[red : red + 8], renamed[blue : blue + 8]
    edited = bytearray(renamed)
    edited[red : red + 8], edited[blue : blue + 8] = places[1], places[0]
    return bytes(edited)


@pytest.mark.parametrize("profile", [b"no profile", b"\0" * 5_000_000, b""])
def test_a_profile_that_makes_no_sense_is_left_out(profile: bytes) -> None:
    image = Image.new("RGB", (32, 32), (200, 40, 40))

    photo = reencoded(file(image, "WEBP", icc_profile=profile, lossless=True))

    assert middle(photo.full) == pytest.approx((200, 40, 40), abs=6)
    assert "icc_profile" not in shown(photo.full).info


@pytest.mark.parametrize(("colour", "channels"), [(0, 1), (2, 3)], ids=["grey", "colour"])
def test_sixteen_bits_are_scaled_and_not_clipped(colour: int, channels: int) -> None:
    photo = reencoded(sixteen_bits(colour, channels))

    assert middle(photo.full) == pytest.approx((128, 128, 128), abs=4)


def test_broken_orientation_is_no_orientation() -> None:
    assert reencoded(jpeg(exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff")).width == 64


def test_two_runs_give_the_same_bytes() -> None:
    assert reencoded(heic()) == reencoded(heic())
