"""Merkle trees as in RFC 6962 (Certificate Transparency): one hash that stands for a list.

A leaf is hashed behind a 0, two branches behind a 1, so that none can be passed off as the other.
"""

from collections.abc import Sequence
from hashlib import sha256


def leaf_hash(content: bytes) -> bytes:
    """What stands for one item of the list."""
    return sha256(b"\0" + content).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """What stands for the whole list, given the hashes of its leaves; it may be empty."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256().digest()
    left = _left(len(leaves))
    return _branch(root(leaves[:left]), root(leaves[left:]))


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes by which one leaf leads to the root, the nearest first."""
    if len(leaves) < 2:
        return []
    left = _left(len(leaves))
    if index < left:
        return [*path(leaves[:left], index), root(leaves[left:])]
    return [*path(leaves[left:], index - left), root(leaves[:left])]


def _left(count: int) -> int:
    """How many leaves are on the left: the largest power of two below their number."""
    return 1 << (count - 1).bit_length() - 1


def _branch(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
