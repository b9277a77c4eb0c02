"""What the figures of topics say, in Chinese and in English."""

from __future__ import annotations

from textlab.output.figures.lettering import words

WORDS = {
    "zh": {
        "greyed": "灰色并带 *：该主题在不到一半的重抽样拟合中重现，解读须谨慎",
        "share_interval": "占比（%）（线段为 95% 区间）",
        "own_scales": "各主题的纵轴刻度不同",
        "period": "时期",
        "year": "年份",
        "genre": "文体",
        "topics_k": "主题数 K",
        "held_out": "留出对数似然（每词，奈特）",
        "npmi": "NPMI 一致性",
        "umass": "UMass 一致性",
        "exclusivity": "排他性（FREX）",
        "stability": "稳定性：重抽样文档",
        "stability_random": "稳定性：随机起点",
        "selection": "各 K 的均值（线段为 95% 区间）",
        "one_stability": "两幅稳定性图的纵轴刻度相同",
        "chosen": "点线与实心点：选定的 K = {}",
        "effect_coefficient": "系数，占比的百分点（带端线：95% 区间；细线：同时 95% 区间）",
        "effect_contrast": "占比之差，百分点（带端线：95% 区间；细线：同时 95% 区间）",
        "no_interval": "空心：没有区间，原因见表中 reason 一列",
        "reference": "各组的系数为与该组之差：{}",
        "topics_kept": "画出 {} 个主题（共 {} 个）：绝对值最大者",
        "terms_kept": "画出 {} 项（共 {} 项）：绝对值最大者",
        "topic_map": "越近，用词越相似；方向没有意义；圆的面积为主题占比（{:.1f}% 至 {:.1f}%）",
    },
    "en": {
        "greyed": (
            "Grey, with *: the topic comes back in less than half of the refits to resampled "
            "texts; read with care"
        ),
        "share_interval": "Share (%) (line: 95% interval)",
        "own_scales": "Each topic has a scale of its own",
        "period": "Period",
        "year": "Year",
        "genre": "Genre",
        "topics_k": "Number of topics K",
        "held_out": "Held-out log-likelihood (nats a token)",
        "npmi": "NPMI coherence",
        "umass": "UMass coherence",
        "exclusivity": "Exclusivity (FREX)",
        "stability": "Stability: resampled documents",
        "stability_random": "Stability: random starts",
        "selection": "Means of each K (line: 95% interval)",
        "one_stability": "Both stabilities are on one scale",
        "chosen": "Dotted line, filled dots: the K that was chosen, {}",
        "effect_coefficient": (
            "Coefficient, percentage points of the share (with caps: 95% interval; thin: "
            "simultaneous 95% interval)"
        ),
        "effect_contrast": (
            "Difference of shares, percentage points (with caps: 95% interval; thin: "
            "simultaneous 95% interval)"
        ),
        "no_interval": "Hollow: without an interval; the table says why (reason)",
        "reference": "Coefficients of groups are differences from: {}",
        "topics_kept": "{} of {} topics: those with the largest values, above or below 0",
        "terms_kept": "{} of {} terms: those with the largest values, above or below 0",
        "topic_map": (
            "Nearer is more alike in words; directions mean nothing; areas: share of the topic "
            "({:.1f}% to {:.1f}%)"
        ),
    },
}


def topic_words(language: str) -> dict[str, str]:
    """The words of all figures and those of topics; an unknown ``language`` is an error."""
    return words(language) | WORDS[language]
