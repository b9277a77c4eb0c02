"""Words that speak of a place without its name: 全市, 省委, 该县."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate

PROVINCE, REGION, CITY, COUNTY, HERE = "province", "region", "city", "county", "here"

REFERENCES = {
    **dict.fromkeys(
        ("全省", "我省", "本省", "省委", "省政府", "省人大", "省政协", "省领导", "省纪委"), PROVINCE
    ),
    **dict.fromkeys(("全区", "我区", "自治区"), REGION),
    **dict.fromkeys(
        ("全市", "我市", "本市", "市委", "市政府", "市人大", "市政协", "市领导", "市纪委"), CITY
    ),
    **dict.fromkeys(
        ("全县", "我县", "县委", "县政府", "区委", "区政府", "全州", "我州", "州委", "州政府"),
        COUNTY,
    ),
    **dict.fromkeys(("该省", "该市", "该州", "该县", "该区", "当地"), HERE),
}

# 市发展和改革委员会主任, 省财政厅相关负责人: an office named by its level alone.
OFFICE_OF_LEVEL = re.compile(
    r"(?:(?<=[，。；：！？“”\s,;:!?])|^)(?P<level>[省市县区州])[\u4e00-\u9fff]{1,12}?(?:局|委|办|厅|部|院)"
    r"[\u4e00-\u9fff]{0,8}?(?:局长|主任|厅长|部长|书记|院长|负责人|负责同志)"
)
# What such an office begins with; \\0 parts texts that are looked through together.
OFFICE_BEGINS = re.compile(r"[省市县区州](?<=[，。；：！？“”\s,;:!?\0].)(?=[\u4e00-\u9fff])")
LEVELS = {"省": PROVINCE, "市": CITY, "县": COUNTY, "区": COUNTY, "州": COUNTY}


def with_offices(texts: Sequence[str]) -> set[int]:
    """The numbers of the texts in which an office may be named by its level alone."""
    ends = list(accumulate(len(text) + 1 for text in texts))
    joined = "".join(f"\0{text}" for text in texts)
    return {bisect(ends, office.start()) for office in OFFICE_BEGINS.finditer(joined)}
