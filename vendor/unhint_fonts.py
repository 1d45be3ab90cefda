"""Takes the hints out of the vendored fonts, which are half of their bytes, and records the sums anew.

Hints fit letters to the pixels of coarse screens; browsers smooth letters without them. Characters,
kerning and marks all stay. Run after `npm run copy`, with `pip install fonttools brotli`:

    python3 vendor/unhint_fonts.py
"""

import hashlib
import json
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import newTable

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "vendor" / "vendor.lock.json"
SMOOTH_AT_ALL_SIZES = {0xFFFF: 0x000F}


def unhint(path: Path) -> None:
    """Write a font again without hints."""
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"], flavor="woff2")
    options.recalc_timestamp = False
    font = subset.load_font(str(path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    font["gasp"] = newTable("gasp")
    font["gasp"].gaspRange = SMOOTH_AT_ALL_SIZES
    subset.save_font(font, str(path), options)


def main() -> None:
    """Unhint every vendored font and put its new sum into the lock."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    for entry in lock:
        path = ROOT / entry["file"]
        if path.suffix == ".woff2":
            unhint(path)
            entry["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
