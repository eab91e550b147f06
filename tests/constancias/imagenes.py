"""What becomes of a sheet: drawn at 150 dpi, blurred, turned, dirty and shrunk."""

import random
import subprocess
from pathlib import Path
from statistics import NormalDist

import segno
from PIL import Image, ImageChops, ImageFilter

DPI = 150
SIDE = 250  # px, about the side of a QR at that size
# Each of 256 equally likely bytes, as the quantile of a bell around 128. Its ends are cut: the bell
# is a hundredth wider, and what it gives has no less than the deviation asked for (25.7 of 25.5).
BELL = NormalDist(128, 1.01 * 0.1 * 255)
GRAINS = bytes(round(BELL.inv_cdf((n + 0.5) / 256)) for n in range(256))


def draw(pdf: bytes, folder: Path) -> Image.Image:
    """The last page, in greys; both the QR and the code close every sheet."""
    (folder / "hoja.pdf").write_bytes(pdf)
    for old in folder.glob("pagina-*.pgm"):
        old.unlink()
    command = ["pdftoppm", "-r", str(DPI), "-gray", "hoja.pdf", "pagina"]
    subprocess.run(command, cwd=folder, check=True)
    return Image.open(sorted(folder.glob("pagina-*.pgm"))[-1]).convert("L")


def zbar(image: Image.Image, folder: Path, *options: str) -> str:
    """What zbarimg reads of the QR in `image`, as text; "" if nothing."""
    image.save(folder / "imagen.png")
    command = ["zbarimg", "-q", "--nodbus", "-Sdisable", "-Sqr.enable", *options, "imagen.png"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return run.stdout.removesuffix("\n")


def cut_out(page: Image.Image) -> Image.Image:
    """The QR with some paper around it: it is the darkest square of the page."""
    soft = page.filter(ImageFilter.BoxBlur(SIDE // 3))
    darkest = soft.getextrema()[0]
    left, top, right, bottom = soft.point(lambda grey: 255 * (grey <= darkest + 4)).getbbox()
    x, y = (left + right) // 2, (top + bottom) // 2
    return page.crop((x - SIDE, y - SIDE, x + SIDE, y + SIDE))


def blurred(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(1.2))


def turned(image: Image.Image, degrees: float) -> Image.Image:
    return image.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)


def dirty(image: Image.Image, chance: random.Random) -> Image.Image:
    """Gaussian noise with a deviation of 10 % of the range."""
    width, height = image.size
    grains = chance.randbytes(width * height).translate(GRAINS)
    return ImageChops.add(image, Image.frombytes("L", image.size, grains), 1, -128)


def shrunk(image: Image.Image) -> Image.Image:
    width, height = (round(side * 0.7) for side in image.size)
    return image.resize((width, height), Image.Resampling.BICUBIC)


def worn(image: Image.Image, chance: random.Random) -> Image.Image:
    """All four at once, in that order; the turn is 3° to either side."""
    return shrunk(dirty(turned(blurred(image), chance.choice((-3, 3))), chance))


def qr_of(text: str, scale: int = 5) -> Image.Image:
    symbol = segno.make_qr(text, error="m")
    small = Image.new("L", symbol.symbol_size(border=4), 255)
    for y, row in enumerate(symbol.matrix, 4):
        for x, bit in enumerate(row, 4):
            small.putpixel((x, y), 255 * (not bit))
    return small.resize((small.width * scale, small.height * scale))


def film(path: Path, image: Image.Image) -> None:
    """A film of one still, 640 × 480, as Chromium's false camera takes it (YUV4MPEG2)."""
    frame = Image.new("L", (640, 480), 200)
    frame.paste(image, ((640 - image.width) // 2, (480 - image.height) // 2))
    whole = b"FRAME\n" + frame.tobytes() + bytes([128]) * (640 * 480 // 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420\n" + whole * 5)
