"""How passwords are hashed and checked; nothing here commits."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's setting for Argon2id with 19 MiB: sixteen threads may hash at once on a small machine.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# Verified when there is no such account, so that the answer takes as long as for a real one.
DUMMY_HASH = HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Return what is stored of a password: an Argon2id hash with its salt and settings."""
    return HASHER.hash(password)


def is_right_password(password_hash: str | None, password: str) -> bool:
    """Say whether a password belongs to a stored hash; takes the same time without one."""
    try:
        HASHER.verify(password_hash or DUMMY_HASH, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Say whether a hash was made with weaker settings than today's."""
    return HASHER.check_needs_rehash(password_hash)
