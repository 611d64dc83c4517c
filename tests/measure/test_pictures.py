"""Picture bytes: headers first, bounds before decoding, one sentence for what cannot be read."""

from __future__ import annotations

import struct
import tracemalloc
import zlib

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import picture

from stillreel.errors import MediaError
from stillreel.measure.pictures import decode, encode_jpeg, encode_png, look, thumbnail

IMAGE = picture(90, 60, 1)


def encoded(suffix: str, image: np.ndarray = IMAGE) -> bytes:
    return cv2.imencode(suffix, image)[1].tobytes()


def png_header(width: int, height: int) -> bytes:
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body
    return head + struct.pack(">I", zlib.crc32(body)) + b"\0\0\0\0IEND\xaeB`\x82"


@pytest.mark.parametrize(("suffix", "kind"), [(".png", "png"), (".jpg", "jpeg"), (".webp", "webp")])
def test_the_header_tells_kind_and_size(suffix: str, kind: str) -> None:
    facts = look(encoded(suffix))
    assert (facts.kind, facts.width, facts.height) == (kind, 90, 60)


def test_lossless_and_transparent_webp_sizes_are_read() -> None:
    lossless = cv2.imencode(".webp", IMAGE, [cv2.IMWRITE_WEBP_QUALITY, 101])[1].tobytes()
    clear = np.dstack([IMAGE, np.full((60, 90), 100, np.uint8)])
    for data in (lossless, encoded(".webp", clear)):
        assert (look(data).width, look(data).height) == (90, 60)


def test_png_comes_back_as_it_was_and_equal_pixels_give_equal_bytes() -> None:
    assert np.array_equal(decode(encode_png(IMAGE)), IMAGE)
    assert encode_png(IMAGE) == encode_png(IMAGE.copy())


def test_jpeg_comes_back_nearly_as_it_was() -> None:
    assert np.abs(decode(encode_jpeg(IMAGE, 95)).astype(int) - IMAGE).mean() < 5


@pytest.mark.parametrize(
    "stored",
    [
        IMAGE[:, :, 0],
        IMAGE.astype(np.uint16) * 257,
        np.dstack([IMAGE, np.full((60, 90), 255, np.uint8)]),
    ],
    ids=["grey", "16-bit", "opaque-alpha"],
)
def test_every_pixel_format_becomes_three_bytes(stored: np.ndarray) -> None:
    image = decode(encoded(".png", stored))
    assert image.shape == (60, 90, 3)
    assert image.dtype == np.uint8
    wanted = IMAGE if stored.ndim == 3 else np.dstack([stored] * 3)
    assert np.array_equal(image, wanted)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_what_is_transparent_lies_on_white(kind: type) -> None:
    clear = np.zeros((600, 4, 4), kind)
    assert decode(encoded(".png", clear)).min() == 255


def test_a_large_picture_of_sixteen_bits_is_brought_down_in_little_memory() -> None:
    data = encoded(".png", np.zeros((3000, 1000, 4), np.uint16))
    tracemalloc.start()
    image = decode(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # its pixels as they are stored, and as they are handed out
    assert most < 1.2 * (3000 * 1000 * 8 + image.nbytes)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"GIF89a....", "no PNG, JPEG or WebP"),
        (b"<svg/>", "no PNG, JPEG or WebP"),
        (b"\x89PNG\r\n\x1a\n", "cut short"),
        (b"\xff\xd8\xff\xe0", "cut short"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "cut short"),
        (png_header(0, 9), "no pixels"),
        (png_header(60_000, 60_000), "60000 x 60000"),
        (png_header(64, 64), "damaged"),
        (encoded(".png")[:-200], "cut short"),
        (encoded(".jpg")[:-200], "cut short"),
        (encoded(".webp")[:-40], "cut short"),
    ],
)
def test_what_cannot_be_decoded_is_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(MediaError) as caught:
        decode(data, "a.png")
    assert says in caught.value.what
    assert caught.value.where == "a.png"
    assert caught.value.next_step


@given(
    data=st.binary(max_size=80),
    head=st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x40\0\0\0WEBPVP8X"]),
)
def test_no_bytes_crash_the_header_reader(data: bytes, head: bytes) -> None:
    try:
        facts = look(head + data)
    except MediaError:
        return
    assert facts.width * facts.height <= 64_000_000


def test_a_thumbnail_fits_and_never_grows() -> None:
    assert thumbnail(IMAGE, 45).shape == (30, 45, 3)
    assert thumbnail(IMAGE, 500) is IMAGE


def test_an_animated_picture_is_refused_in_a_sentence() -> None:
    still = encode_png(np.zeros((40, 40, 3), np.uint8))
    place = still.find(b"IDAT") - 4
    moving = still[:place] + b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\0\0\0\0" + still[place:]
    with pytest.raises(MediaError, match="animated"):
        decode(moving)
    webp = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x27\0\0\x27\0\0" + bytes(8)
    with pytest.raises(MediaError, match="animated"):
        look(webp)
