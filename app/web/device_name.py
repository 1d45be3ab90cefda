"""What a browser says about itself, shortened to what its owner recognises."""

# The first sign that is found decides: most browsers also claim to be others.
BROWSERS = (
    ("Zalo", "Zalo"),
    ("coc_coc", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Return a name such as «Chrome trên Android» for a User-Agent header."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "Trình duyệt khác")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser} trên {system}" if system else browser
