"""An ear: it cuts a recording at its silences and knows a character by recordings of other voices.

Each character becomes SLICES frames of mel-like bands, whatever its speed; it is what the
template most like it is.
"""

import io
import wave

import numpy as np

FRAME, STEP, BANDS, SLICES = 300, 128, 22, 60  # samples, samples, and counts
GAP = 36  # frames: 0.42 s of quiet part two characters; inside one there are shorter silences


def samples(wav: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 1, 11_025)
        raw = np.frombuffer(file.readframes(file.getnframes()), dtype=np.uint8)
    return raw.astype(np.float32) - 128


def bands(sound: np.ndarray) -> np.ndarray:
    """Return how far each band of each frame stands above the recording's own noise."""
    frames = np.lib.stride_tricks.sliding_window_view(sound, FRAME)[::STEP]
    power = np.abs(np.fft.rfft(frames * np.hanning(FRAME), 512, axis=1)) ** 2
    mels = np.linspace(*(2595 * np.log10(1 + hz / 700) for hz in (150, 5400)), BANDS + 1)
    edges = np.unique(((10 ** (mels / 2595) - 1) * 700 / 11_025 * 512).astype(int))
    energy = np.log(np.add.reduceat(power, edges[:-1], axis=1) + 1)
    return np.maximum(0, energy - np.percentile(energy, 20, axis=0) - 1.5)


def characters(wav: bytes) -> list[np.ndarray]:
    """Return the frames of each character: what sounds between two long silences."""
    spectrum = bands(samples(wav))
    level = spectrum.mean(axis=1)
    loud = np.flatnonzero(level > 0.2 * np.percentile(level, 98))
    spectrum -= spectrum[loud].mean(axis=0)  # the voice's own colour
    cuts = np.flatnonzero(np.diff(loud) > GAP)
    starts, ends = loud[np.r_[0, cuts + 1]], loud[np.r_[cuts, len(loud) - 1]]
    return [slices(spectrum[a : b + 1]) for a, b in zip(starts, ends, strict=True) if b - a > 8]


def slices(piece: np.ndarray) -> np.ndarray:
    """Bring a piece to SLICES frames and to one loudness, as one row of numbers."""
    at = np.linspace(0, len(piece) - 1, SLICES)
    low = at.astype(int)
    part = (at - low)[:, None]
    even = piece[low] * (1 - part) + piece[np.minimum(low + 1, len(piece) - 1)] * part
    return (even / np.linalg.norm(even)).ravel()


class Oido:
    """Keeps templates with their names."""

    def __init__(self) -> None:
        self.templates: list[np.ndarray] = []
        self.names: list[str] = []

    def learn(self, word: str, wav: bytes) -> None:
        heard = characters(wav)
        assert len(heard) == len(word)
        self.templates += heard
        self.names += word

    def hear(self, wav: bytes) -> str:
        known = np.stack(self.templates)
        return "".join(self.names[int(np.argmax(known @ piece))] for piece in characters(wav))
