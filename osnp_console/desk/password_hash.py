"""The passwords of accounts: Argon2id, encoded with salt and parameters, so that these may grow later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from osnp_console.domain.account_password import normal

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 4
"""RFC 9106's second recommended set: 64 MiB, three passes, four lanes; about 0.2 s."""
_DECOY = "$argon2id$v=19$m=65536,t=3,p=4$iQvr2eMOfzDQL1jrhEM4wg$rqXFnx7KEoN4zb/NhX+mfS/uvaiIn2kb9q9Cb2R2xKs"
"""The hash of 32 random bytes that nobody kept, with today's parameters: what a password is held against
where there is no account, so that the answer takes as long."""
# A changed row must neither exhaust the memory nor hold the sign-in for hours.
_MOST_MEMORY_KIB, _MOST_PASSES, _MOST_LANES = 1024 * 1024, 20, 16


class ArgonPasswords:
    """Implements `app.accounts.Passwords`."""

    def __init__(self, memory_kib: int = MEMORY_KIB, passes: int = PASSES, lanes: int = LANES) -> None:
        """Today's parameters; smaller ones are for tests."""
        self._memory_kib, self._passes, self._lanes = memory_kib, passes, lanes

    def hashed(self, password: str) -> str:
        """The encoded hash, with its salt and parameters."""
        return self._hasher().hash(normal(password))

    def verify(self, kept: str, password: str) -> bool:
        """Whether it is the one; a hash that is empty, damaged or of absurd parameters is nobody's."""
        from argon2.exceptions import Argon2Error, InvalidHashError

        sound = bool(kept) and _is_sound(kept)
        try:
            self._hasher().verify(kept if sound else _DECOY, normal(password))
        except (Argon2Error, InvalidHashError):
            return False
        return sound

    def is_outdated(self, kept: str) -> bool:
        """Whether it was hashed with other parameters than today's."""
        return self._hasher().check_needs_rehash(kept)

    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher(self._passes, self._memory_kib, self._lanes)


def _is_sound(kept: str) -> bool:
    from argon2 import extract_parameters
    from argon2.exceptions import InvalidHashError
    from argon2.low_level import Type

    try:
        found = extract_parameters(kept)
    except (InvalidHashError, ValueError):
        return False
    return (
        found.type is Type.ID
        and found.memory_cost <= _MOST_MEMORY_KIB
        and found.time_cost <= _MOST_PASSES
        and found.parallelism <= _MOST_LANES
    )
