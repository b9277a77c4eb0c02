"""The words by which phrase discovery tells boilerplate from phrases."""

from __future__ import annotations

# What is said of figures: 增长, 达到, 超过, 突破, 下降, 占.
RISES = "增达超突降占"

# What may follow a phrase and derive another from it: 成眉同城化.
SUFFIXES = frozenset("化型性式制率度")

# The first letters of the tags of verbs, nouns, attributes and particles.
GOVERNING = frozenset("vnbu")

# Letters of function words: an unknown word that has one is two words badly cut.
FUNCTION_LETTERS = frozenset("的了着是在这那将把被为所之要也都就说")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# By the tags of ICTCLAS: pronouns, numerals, prepositions and the like; then verbs, adverbs and
# adjectives.
NO_BEGINNING = _words("r m mq q t p c f u ul uj y e o")
PREDICATES = _words("v vd vi vg d ad a")
NO_END = _words("a ad d p c f u ul uj y r m q t")

# No phrase has these within it, nor those at its end.
NOT_WITHIN = _words(
    "的 了 着 过 是 在 这 那 将 把 被 让 使 为 以及 开展 推进 推动 促进 实施 进行 加快 加强 加大"
)
NOT_LAST = _words("增长 下降 提高 达到 超过 突破 以上 左右 以内 接受")
JOINING = _words("和 与 及 或 同")
# Stopwords that a longer phrase may begin with: 新发展格局, 大健康产业.
ADJECTIVES = _words("新 大 小 高")

# Of these alone no phrase names a subject: 体制机制, 经济社会发展, 专项行动.
GENERAL = _words(
    """
    经济 社会 经济社会 发展 建设 改革 体制 机制 制度 体系 格局 大局 政策 机遇 困难 挑战 风险 隐患
    问题 领域 人民 群众 干部 领导 党委 政府 系统 机关 自治区 单位 官兵 武警部队 企业 身边 精神
    思想 讲话 总书记 全会 三中全会 报告 嘱托 殷殷 专项 行动 整治 排查 攻坚 治理 管理 服务 保障
    保护 监管 执法 督察 检查 交流 合作 协同 配合 联动 转型 升级 提质 增效 提档 深度 融合 落地
    见效 常态 常态化 化 分层 分类 典型 案例 经验 做法 综合 改造 创新 引领 培育 壮大 支撑 环境
    基础 设施 能力 项目 资金 资源 要素 权益 需求 供给 有力 有效 科学 规范 指引 战略 规划 计划
    方案 试点 示范 中心 平台 载体 主体 队伍 人员 现代化 现代 高水平 高品质 特色 优势 优质 核心
    关键 区域 地区 城市 国家 全国 世界 各类 重点
    """
)

# What a name of a place may end with and still be one.
REGIONS = (
    "特别行政区|自治区|自治州|自治县|经济技术开发区|高新技术产业开发区|经济开发区|高新技术开发区"
    "|开发区|高新区|经开区|新区|都市圈|城市群|经济带|地区|大湾区|流域|盆地|平原|高原"
    "|省|市|州|县|区|盟|旗"
)
# One character for a province, as in 川渝 and 京津冀.
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼港澳台"

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左"
    "柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝骆路游辛靳管柴鲍华喻祁蒲房滕屈饶"
    "解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟"
    "邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝习洪赖谌怀朴栗"
)
# What foreign names are written with: 卢甘斯克, 佩洛西.
FOREIGN = (
    "阿埃艾安奥巴贝比彼别波伯博布查达戴丹德蒂迪杜多厄恩尔法菲费弗夫福盖甘戈格古哈海汉赫亨霍基吉加"
    "贾杰卡凯坎康柯科克肯库夸拉莱兰劳勒雷里利莉连列林琳卢鲁伦罗洛马麦曼梅蒙米密莫姆穆纳娜南内尼涅"
    "宁纽努诺欧帕潘佩彭皮珀普齐恰乔切萨塞赛桑沙莎绍申圣施史舒斯丝苏索塔泰坦汤唐特滕提图托瓦万旺威"
    "韦维魏沃乌武西希夏谢辛雪雅亚扬耶叶伊因尤约泽扎詹朱祖佐呼日"
)
# What no name of a person ends with: 林长制, 查干湖.
NO_NAMES = "化型性式制率度湖河江山岛村镇乡区路桥港湾"
TITLES = (
    "总书记|副?书记|副?市长|副?省长|副?州长|副?县长|副?区长|副?主任|副?局长|副?厅长|副?部长"
    "|副?院长|副?校长|主席|总理|董事长|总经理|经理|教授|记者|通讯员|委员|秘书长|负责人|常委|同志"
    "|先生|女士|村民|院士|研究员|专家|代表"
)
SPEAKS = "说|表示|介绍|指出|强调|认为|告诉|坦言|称|主持|出席|带队|率队|带领"
ORGANS = (
    "党委|[省市州县区]委|(?:人民|[省市州县区国])政府|人大|政协|委员会|党组|常委会|全会|法院|检察院"
    "|公安局|税务局|商务局|科技局|监管局|管理局|农村局|[厅署]|有限公司|官兵"
)
