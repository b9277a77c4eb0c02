"""Dates guessed where nobody has given one: which of the dates of a page is the document's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textlab.reading.guessed_dates import guess_date

TEXT = "全市上下抓好落实。\n"


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        ("a.txt", "编号20240708，2024年7月，2024年7月8日发布，2024年9月1日施行", "2024-07-08"),
        ("a.txt", "2024 年 7 月 8 日", "2024-07-08"),
        ("a.txt", "2024-07-08 09:30 来源：岚江日报", "2024-07-08"),
        ("a.txt", "（2024.7.8）", "2024-07-08"),
        ("a.txt", "发布时间：２０２４年７月８日", "2024-07-08"),
        ("a.txt", "本报讯 1月2日，会议召开。2024年7月8日，", "2024-07-08"),
        ("a.txt", "2023年2月30日，2024年2月29日", "2024-02-29"),
        ("a.txt", "电话12024-07-08", ""),
        ("a.txt", "2024年1月150日", ""),
        ("2023-01-02.txt", "2024年7月8日", "2023-01-02"),
        ("2023年1月2日.txt", "2024年7月8日", "2023-01-02"),
        ("岚江_20230102_决定.txt", "2024年7月8日", "2023-01-02"),
        ("20230230.txt", "2024年7月8日", "2024-07-08"),
        ("1202301020.txt", "2024年7月8日", "2024-07-08"),
        ("2023/a.txt", "正文", ""),
    ],
)
def test_a_full_date_is_taken_from_the_name_then_from_the_text(
    name: str, text: str, date: str
) -> None:
    assert guess_date(text, name) == date


@pytest.mark.parametrize(
    "page",
    [
        "决定\n(2024年7月8日中国共产党岚江市第八届委员会第九次全体会议通过)\n2023年1月2日，{text}",
        "岚江市政府工作报告\n——2024年7月8日在市第八届人民代表大会会议上\n{text}2023年1月2日",
        "索引号：12　成文日期：2024年7月8日　发布日期：2024-07-10\n决定\n2023年1月2日，{text}",
        "决定\n发布时间：2024-07-08 09:30　来源：岚江日报\n2023年1月2日，{text}",
        "---\ntitle: 决定\ndate: 2024-07-08\n---\n2023年1月2日，{text}",
        "首页 > 正文\n\n决定\n2024/7/8 09:30:00 岚江日报\n2023年1月2日，{text}",
        "第2版：要闻\n\n2024年7月8日　星期一\n\n标题\n\n2023年1月2日，{text}",
        "决定\n2023年1月2日，{text}\n岚江市人民政府办公室\n2024年7月8日\n",
        "决定\n2023年1月2日，{text}\n　　　　　二〇二四年七月八日\n（此件公开发布）\n",
        "本报讯（记者 沈知行）7月8日，{text}2024年6月25日，全会召开。公司成立于2025年1月2日。",
        "新华社北京7月8日电 {text}会议于2024年7月5日召开。",
        "标题\n" + "{text}" * 60 + "2023年1月2日，{text}（2024年7月8日全会通过）\n",
        "到2027年1月1日前完成，2024年9月1日起施行，2020年1月1日—2021年1月1日，2024年7月8日发布",
        "决定\n{text}2024年7月8日，{text}\n特别声明：以上内容为用户上传\n2024-08-09 10:11:12\n",
    ],
)
def test_the_date_of_the_document_is_told_from_other_dates(page: str) -> None:
    assert guess_date(page.format(text=TEXT), "a.txt", "决定") == "2024-07-08"


@pytest.mark.parametrize(
    "text",
    [
        "到2024年7月8日前完成。",
        "2024年7月8日起施行。",
        "截至2024年7月8日，",
        "决定\n相关阅读\n2024-07-08 岚江新闻\n",
        "本报讯 7月8日，全市大会召开。",
        "二〇二四年十三月八日",
        "二〇二四年十十月八日",
    ],
)
def test_a_date_of_something_else_is_none(text: str) -> None:
    assert guess_date(text, "a.txt") == ""


@pytest.mark.parametrize(
    ("file", "title", "date"),
    [
        ("2025年岚江市政府工作报告.docx", "", "2025"),
        ("lan_2025_report.txt", "", "2025"),
        ("lan_2025-03.txt", "", "2025-03"),
        ("lan_202503.txt", "", "2025-03"),
        ("岚江2025年3月.txt", "", "2025-03"),
        ("a.txt", "2025年岚江市政府工作报告", "2025"),
        ("a.txt", "岚江市2025年3月重点工作", "2025-03"),
        ("a.txt", "《岚江新闻》（20250304）", "2025-03-04"),
        ("2024.txt", "2025年岚江市政府工作报告", "2024"),
        ("a.txt", "岚江市发展规划（2021—2025年）", ""),
        ("岚江规划2021-25.txt", "", ""),
        ("a.txt", "到2025年建成智造之城", ""),
        ("a.txt", "2035年远景目标纲要", ""),
        ("5a2025c7.txt", "", ""),
        ("202513.txt", "", ""),
    ],
)
def test_a_year_or_month_is_taken_from_the_name_or_the_title(
    file: str, title: str, date: str
) -> None:
    assert guess_date(TEXT, file, title) == date


def test_a_date_in_the_text_makes_the_year_of_the_name_exact_or_yields_to_it() -> None:
    text = "2024年7月8日，全会召开。2025年3月4日，印发。"
    assert guess_date(text, "lan_2025.txt") == "2025-03-04"
    assert guess_date(text, "lan_2025-03.txt") == "2025-03-04"
    assert guess_date(text, "lan_2023.txt") == "2023"
    assert guess_date(text, "lan.txt", "2023年岚江见闻") == "2023"
    # But what says when it was published is believed more than a name.
    assert guess_date("发布时间：2024-01-05\n" + text, "lan_2023.txt") == "2024-01-05"


DIGITS = "〇一二三四五六七八九"


def han(number: int) -> str:
    """1 to 31 in Chinese: 十, 十一, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    high = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return high + (DIGITS[ones] if ones else "")


def test_every_day_of_the_calendar_is_read_in_chinese_numbers() -> None:
    for number in range(366):
        day = date(2024, 1, 1) + timedelta(number)
        signed = f"二〇二四年{han(day.month)}月{han(day.day)}日"
        assert guess_date(f"{TEXT}\n{signed}\n", "a.txt") == day.isoformat()
        zero = signed.replace("〇", "○")
        assert guess_date(f"{TEXT}\n{zero}\n", "a.txt") == day.isoformat()


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.sampled_from(["年月日", "---", "///"]))
def test_a_labelled_day_is_read_however_it_is_written(day: date, signs: str) -> None:
    for month, number in ((f"{day.month}", f"{day.day}"), (f"{day:%m}", f"{day:%d}")):
        shown = f"{day.year}{signs[0]}{month}{signs[1]}{number}" + signs[2].strip("-/")
        assert guess_date(f"决定\n发布日期： {shown}\n{TEXT}", "a.txt") == day.isoformat()
