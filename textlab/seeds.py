"""Seeds: every random step has its own, made from the study's seed and the step's name."""

from __future__ import annotations

from hashlib import blake2b


def derive_seed(seed: int, *names: str) -> int:
    """A 32-bit seed that depends on ``seed`` and on ``names``, and on nothing else.

    Steps that are named differently get unrelated streams, so adding a document or a stage
    never changes the draws of another one.
    """
    text = "\x1f".join([str(seed), *names]).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=4).digest(), "big")
