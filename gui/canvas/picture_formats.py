"""The graph as SVG, PDF or PNG: the bytes of a file. In the first two, lines stay lines and text stays text."""

from __future__ import annotations

import re
from math import sqrt

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from gui.canvas.picture import paint_picture, picture_room
from gui.canvas.scene import CanvasScene
from gui.presentation.picture import PictureWish

_DPI = 96
_INCH = 72.0
_MOST_POINTS = 14_400.0
"""The longest that a side of a PDF page may be, in points."""
_ENLARGED = 2.0
_MOST_PIXELS = 64_000_000.0
_IMAGE = re.compile(rb'(xlink:href="data:image/png;base64,)([A-Za-z0-9+/=]+)')
_CELL = 12
"""The pixels that a cell of a heat map gets in an SVG, across and down."""


def picture(scene: CanvasScene, wish: PictureWish, title: str) -> bytes:
    """Return the file that was wished for."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if wish.format == "svg":
        _write_svg(buffer, scene, wish, title)
        return _sharpened(bytes(content.data()))
    if wish.format == "pdf":
        _write_pdf(buffer, scene, wish, title)
    else:
        image(scene, wish).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())


def image(scene: CanvasScene, wish: PictureWish) -> QImage:
    """Return the graph in pixels, twice as large as at 100 %, or as large as memory allows."""
    room = picture_room(scene)
    scale = min(_ENLARGED, sqrt(_MOST_PIXELS / (room.width() * room.height())))
    result = QImage((room.size() * scale).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    dots = round(_DPI * scale / 0.0254)
    result.setDotsPerMeterX(dots)
    result.setDotsPerMeterY(dots)
    result.fill(Qt.GlobalColor.transparent)
    _paint(QPainter(result), scene, wish, room, scale)
    return result


def _write_svg(device: QIODevice, scene: CanvasScene, wish: PictureWish, title: str) -> None:
    room = picture_room(scene)
    generator = QSvgGenerator()
    generator.setOutputDevice(device)
    generator.setResolution(_DPI)
    generator.setViewBox(QRectF(0, 0, round(room.width()), round(room.height())))
    generator.setTitle(title)
    generator.setDescription("MiniFlow Studio")
    _paint(QPainter(generator), scene, wish, room, 1.0)


def _sharpened(svg: bytes) -> bytes:
    """Enlarge the images in an SVG: heat maps, a pixel for each cell, which many programs would blur."""
    return _IMAGE.sub(lambda found: found[1] + _enlarged(found[2]), svg)


def _enlarged(encoded: bytes) -> bytes:
    small = QImage.fromData(QByteArray.fromBase64(encoded))
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small.scaled(small.size() * _CELL).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.toBase64().data())


def _write_pdf(device: QIODevice, scene: CanvasScene, wish: PictureWish, title: str) -> None:
    room = picture_room(scene)
    scale = min(1.0, _MOST_POINTS / (_INCH / _DPI) / max(room.width(), room.height()))
    size = QSizeF(room.width(), room.height()) * scale * (_INCH / _DPI)
    writer = QPdfWriter(device)
    writer.setResolution(_DPI)
    writer.setTitle(title)
    writer.setCreator("MiniFlow Studio")
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    _paint(QPainter(writer), scene, wish, room, scale)


def _paint(painter: QPainter, scene: CanvasScene, wish: PictureWish, room: QRectF, scale: float) -> None:
    painter.scale(scale, scale)
    painter.translate(-room.topLeft())
    paint_picture(painter, scene, wish.with_values, wish.with_background)
    painter.end()
