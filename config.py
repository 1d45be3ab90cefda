"""Settings of the process, read once from the environment. Settings of the office are data."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Config:
    """What the program must know before it can open its database.

    `is_secure` says that TLS stands in front: cookies are then marked Secure and HSTS is sent.
    """

    instance_path: Path
    database_url: str
    secret_key: str | None
    is_secure: bool = False
    is_testing: bool = False
    max_upload_bytes: int = 20 * MEGABYTE

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Config":
        """Read INSTANCE_PATH, DATABASE_URL, SECRET_KEY and BEHIND_TLS."""
        instance_path = Path(environment.get("INSTANCE_PATH") or ROOT / "instance").resolve()
        default_url = f"sqlite:///{(instance_path / 'daisuso.sqlite').as_posix()}"
        return cls(
            instance_path=instance_path,
            database_url=environment.get("DATABASE_URL") or default_url,
            secret_key=environment.get("SECRET_KEY") or None,
            is_secure=environment.get("BEHIND_TLS") == "1",
        )
