"""Full-width letters and digits, and their half-width forms."""

# Full-width letters, digits and the signs that stand in numbers and names; not the punctuation,
# which is as it should be in Chinese text.
_WIDE = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
_WIDE += [ord(sign) for sign in "％＋－．／＆＃＝＿＠＊＜＞"]
WIDTH = {wide: wide - 0xFEE0 for wide in _WIDE}
