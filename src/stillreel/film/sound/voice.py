"""A scratch voice for spoken lines: no weights, no network, the same bytes for the same line."""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from stillreel.errors import MediaError, NotConfigured
from stillreel.film.sound.nouns import RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.film.sound.noise import Mono
    from stillreel.film.sound.nouns import Speech

_SYNCHRONOUS = 2
_UTF8 = 1
_SPEED = 1
_PITCH = 3
_FASTEST = 1.3
"""How much faster than its own pace a voice may speak to fit its panel."""
_LOUD = 0.11
"""RMS of a spoken line in the mix."""


def speak(line: Speech) -> Mono:
    """Return a spoken line, (N,) float32 at 48 kHz, hurried a little when its panel is short.

    Raises:
        NotConfigured: the `voice` extra is not installed.
        MediaError: the engine does not start.
    """
    spoken = _samples(line, line.words_per_minute)
    hurry = spoken.size / max(1, line.room)
    if hurry > 1.0:
        spoken = _samples(line, int(line.words_per_minute * min(_FASTEST, hurry)))
    level = float(np.sqrt(np.mean(spoken * spoken))) if spoken.size else 0.0
    return (spoken * np.float32(_LOUD / max(level, 1e-6))).astype(np.float32)


def _samples(line: Speech, words_per_minute: int) -> Mono:
    rate, data = _engine(line.text, line.language, line.pitch, words_per_minute)
    raw = np.frombuffer(data, dtype="<i2").astype(np.float32) * np.float32(1 / 32768)
    loud = np.flatnonzero(np.abs(raw) > 0.004)
    if not loud.size:
        return np.zeros(0, dtype=np.float32)
    return _resampled(raw[int(loud[0]) : int(loud[-1]) + 1], rate)


def _resampled(sound: NDArray[np.float32], rate: int) -> Mono:
    """Return `sound` at 48 kHz, band limited, with 5 ms of silence at each end."""
    padded = np.pad(sound, rate // 200)
    length = round(padded.size * RATE / rate)
    spectrum = np.fft.rfft(padded)
    wide = np.zeros(length // 2 + 1, dtype=np.complex64)
    wide[: spectrum.size] = spectrum[: wide.size]
    return np.fft.irfft(wide, length).astype(np.float32) * np.float32(length / padded.size)


def _engine(text: str, language: str, pitch: int, rate: int) -> tuple[int, bytes]:
    """Run one line through a freshly loaded engine, because a used one remembers the last line."""
    try:
        import espeakng_loader
    except ImportError as error:
        raise NotConfigured(
            "A scratch voice is asked for, but the voice extra is not installed.",
            next_step='Install it with `pip install "stillreel[voice]"`, or turn the voice off.',
        ) from error
    library: Any = ctypes.CDLL(str(espeakng_loader.get_library_path()))
    heard: list[bytes] = []
    receiver = ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
    )

    def receive(wave: object, count: int, _events: object) -> int:
        if wave and count > 0:
            heard.append(ctypes.string_at(cast("Any", wave), count * 2))
        return 0

    kept = receiver(receive)
    try:
        folder = str(espeakng_loader.get_data_path()).encode()
        hertz = int(library.espeak_Initialize(_SYNCHRONOUS, 0, folder, 0))
        if hertz <= 0:
            raise MediaError(
                "The scratch voice does not start.",
                next_step="Reinstall the voice extra, or turn the voice off.",
            )
        library.espeak_SetSynthCallback(kept)
        if library.espeak_SetVoiceByName(language.encode()) != 0:
            library.espeak_SetVoiceByName(b"en")
        library.espeak_SetParameter(_SPEED, rate, 0)
        library.espeak_SetParameter(_PITCH, pitch, 0)
        words = text.encode()
        library.espeak_Synth(words, len(words) + 1, 0, 0, 0, _UTF8, None, None)
        library.espeak_Synchronize()
        library.espeak_Terminate()
    finally:
        _unload(library)
    return hertz, b"".join(heard)


def _unload(library: ctypes.CDLL) -> None:
    import _ctypes

    handle: int = vars(library)["_handle"]
    if sys.platform == "win32":
        _ctypes.FreeLibrary(handle)
    else:
        _ctypes.dlclose(handle)
