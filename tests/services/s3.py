"""An object store that speaks S3, for tests: moto's server, in a thread of the tests' process."""

import contextlib
import os
import urllib.request
import warnings
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class S3:
    """A running store; it takes any key, and these are as good as others."""

    url: str
    region: str = "us-east-1"
    access_key: str = "parley-tests"
    secret_key: str = "parley-tests-secret"

    def create_bucket(self, name: str) -> str:
        """Makes the bucket (a name of three letters or more) and returns its name."""
        request = urllib.request.Request(f"{self.url}/{name}", method="PUT")
        with urllib.request.urlopen(request, timeout=30) as response:
            assert response.status == 200, f"bucket {name}: {response.status}"
        return name

    def forget(self) -> None:
        """Empties the store, buckets and all."""
        request = urllib.request.Request(f"{self.url}/moto-api/reset", method="POST")
        with urllib.request.urlopen(request, timeout=30):
            pass


@contextlib.contextmanager
def s3_store() -> Iterator[S3]:
    """A store on a free port of loopback."""
    os.environ.setdefault("MOTO_S3_DEFAULT_KEY_BUFFER_SIZE", str(1 << 20))
    with warnings.catch_warnings():
        # What moto and botocore import is not ours to mend.
        warnings.simplefilter("ignore")
        from moto.server import ThreadedMotoServer

        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
    host, port = server.get_host_and_port()
    try:
        yield S3(f"http://{host}:{port}")
    finally:
        server.stop()
