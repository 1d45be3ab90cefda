"""The key that signs the cookies: serving the site without a real one would let anybody in."""

MINIMUM_LENGTH = 32


class WeakSecretKeyError(RuntimeError):
    """SECRET_KEY is missing or too short; the message is the sentence for the operator."""


def require_secret_key(key: str | None) -> None:
    """Raise `WeakSecretKeyError` unless the key is long enough to sign cookies."""
    if len(key or "") < MINIMUM_LENGTH:
        raise WeakSecretKeyError(
            f"SECRET_KEY chưa có hoặc quá ngắn. Đặt một chuỗi ngẫu nhiên từ {MINIMUM_LENGTH} "
            'ký tự, ví dụ lấy bằng: python3 -c "import secrets; print(secrets.token_hex(32))"'
        )
