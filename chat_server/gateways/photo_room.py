"""Opens the photo room as the settings say: a store, a decoder, and the one door to both."""

from collections.abc import Callable

from chat_server.gateways.image_decoder import ImageDecoder
from chat_server.gateways.photo_store import S3Access, open_photo_store
from chat_server.gateways.photos import PhotoKeeper
from chat_server.settings import Settings


def open_photos(settings: Settings, new_name: Callable[[], str]) -> PhotoKeeper:
    """Raises ValueError or OSError, with a sentence, where the settings cannot be followed."""
    access = S3Access(
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        access_key_id=settings.s3_access_key,
        secret_access_key=settings.s3_secret_key,
        path_style=bool(settings.s3_endpoint),
        allow_http=settings.s3_allow_http,
    )
    store = open_photo_store(settings.photo_store, access)
    return PhotoKeeper(ImageDecoder(processes=settings.photo_workers), store, new_name)
