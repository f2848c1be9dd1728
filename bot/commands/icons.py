"""The two icons of the Teams app: a shield that is also a speech bubble, drawn here.

One symbol for both: white on our colour, and white on nothing.
"""

from io import BytesIO

from PIL import Image, ImageDraw

ACCENT = "#1F4E5F"
WHITE = (255, 255, 255)
FINER = 8
"""The symbol is drawn this many times larger and then reduced, for smooth edges."""

Point = tuple[float, float]


def color_icon() -> bytes:
    """192×192: one solid colour, the symbol in the middle 96×96, since Teams crops the corners."""
    icon = Image.new("RGB", (192, 192), ACCENT)
    icon.paste(WHITE, (48, 48), _symbol(96))
    return _png(icon)


def outline_icon() -> bytes:
    """32×32: white on transparent, from edge to edge."""
    icon = Image.new("RGBA", (32, 32), (*WHITE, 0))
    icon.putalpha(_symbol(32))
    return _png(icon)


def _symbol(size: int) -> Image.Image:
    """A shield's rim, and in it the three dots of somebody who is about to answer."""
    large = Image.new("L", (size * FINER, size * FINER))
    draw = ImageDraw.Draw(large)
    draw.polygon(_fit(_shield(), large.width, 1.0), fill=255)
    draw.polygon(_fit(_shield(), large.width, 0.8), fill=0)
    for x in (0.28, 0.5, 0.72):
        draw.circle((x * large.width, 0.46 * large.width), 0.075 * large.width, fill=255)
    return large.reduce(FINER)


def _shield() -> list[Point]:
    """Its outline in a square of side 1, touching all four sides."""
    shoulder, waist = (1.0, 0.13), (1.0, 0.5)
    brow = _curve((0.5, 0.0), (0.72, 0.13), shoulder)
    flank = _curve(waist, (0.98, 0.84), (0.5, 1.0))
    right = brow + flank
    return right + [(1 - x, y) for x, y in reversed(right)]


def _curve(start: Point, pull: Point, end: Point, steps: int = 24) -> list[Point]:
    """A quadratic Bézier curve."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append(
            (a * start[0] + b * pull[0] + c * end[0], a * start[1] + b * pull[1] + c * end[1])
        )
    return points


def _fit(points: list[Point], side: int, scale: float) -> list[Point]:
    """Enlarge around the middle of the square."""
    return [
        ((0.5 + (x - 0.5) * scale) * (side - 1), (0.5 + (y - 0.5) * scale) * (side - 1))
        for x, y in points
    ]


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
