"""Each rule on made-up modules that break it or keep it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.import_rules import (
    RULES,
    Rule,
    computing_output,
    eager_facade,
    filled_folder,
    opened_files,
    other_segmenters,
    pickles_and_threads,
    wrong_direction,
)


@pytest.mark.parametrize(
    ("rule", "module", "source"),
    [
        (wrong_direction, "textlab.schema", "import textlab.config"),
        (wrong_direction, "textlab.schema", "from textlab import config"),
        (wrong_direction, "textlab.errors", "from .config import Study"),
        (wrong_direction, "textlab.language.lexicon", "from textlab.reading.manifest import KNOWN"),
        (wrong_direction, "textlab.language.lexicon", "from ..reading import manifest"),
        (wrong_direction, "textlab.language.lexicon", "from ..reading.manifest import KNOWN"),
        (
            wrong_direction,
            "textlab.reading.documents",
            "def f():\n    import textlab.cleaning.lines",
        ),
        (wrong_direction, "textlab.reading.x", "if True:\n    from textlab.tokens import counting"),
        (wrong_direction, "textlab.tokens.x", "import_module('textlab.analysis.keyness')"),
        (wrong_direction, "textlab.tokens.x", "importlib.import_module(name)"),
        (wrong_direction, "textlab.tokens.x", "__import__('textlab.pipeline')"),
        (wrong_direction, "textlab.topics.model", "from textlab.analysis import matrix"),
        (wrong_direction, "textlab.analysis.keyness", "from textlab.topics.lda import train"),
        (wrong_direction, "textlab.output.tables", "from textlab.statistics.measures import rate"),
        (wrong_direction, "textlab.output.tables", "from textlab.seeds import derive_seed"),
        (wrong_direction, "textlab.output.tables", "from textlab.language import lexicon"),
        (wrong_direction, "textlab.pipeline.run", "from textlab.cli import main"),
        (wrong_direction, "textlab.pipeline.run", "import textlab as tl"),
        (wrong_direction, "textlab.pipeline.run", "from textlab import keyness"),
        (wrong_direction, "textlab.pipeline.run", "from textlab import *"),
        (wrong_direction, "textlab.helpers", "x = 1"),
        (eager_facade, "textlab", "from textlab.errors import TextlabError"),
        (eager_facade, "textlab", "import pandas as pd"),
        (eager_facade, "textlab", "if True:\n    from textlab.config import read_study"),
        (eager_facade, "textlab", "figures = import_module('textlab.output.figures')"),
        (eager_facade, "textlab", "if TYPE_CHECKING:\n    pass\nelse:\n    import gensim"),
        (eager_facade, "textlab", "try:\n    import gensim\nexcept ImportError:\n    pass"),
        (filled_folder, "textlab.analysis", "import pandas as pd"),
        (filled_folder, "textlab.analysis", '"""Analysis."""\n\nx = 1'),
        (filled_folder, "textlab.analysis", ""),
        (computing_output, "textlab.output.tables", "from scipy.stats import chi2"),
        (computing_output, "textlab.output.tables", "from scipy import stats"),
        (computing_output, "textlab.output.figures.x", "import sklearn.manifold"),
        (opened_files, "textlab.analysis.x", "open('a.csv')"),
        (opened_files, "textlab.analysis.x", "with path.open() as file:\n    pass"),
        (opened_files, "textlab.analysis.x", "map(Path.read_bytes, files)"),
        (opened_files, "textlab.tokens.x", "path.write_text('x', encoding='utf-8')"),
        (opened_files, "textlab.topics.lda", "np.save(path, array)"),
        (opened_files, "textlab.cleaning.x", "frame.to_csv('a.csv')"),
        (opened_files, "textlab.cleaning.x", "frame.to_csv(path_or_buf='a.csv')"),
        (opened_files, "textlab.cleaning.x", "pd.read_csv('a.csv')"),
        (opened_files, "textlab.cleaning.x", "os.replace(a, b)"),
        (opened_files, "textlab.cleaning.x", "from os import replace"),
        (opened_files, "textlab.cleaning.x", "import shutil"),
        (opened_files, "textlab.cli", "folder.mkdir()"),
        (opened_files, "textlab.schema", "Path('a').read_text()"),
        (other_segmenters, "textlab.tokens.segmentation", "import jieba"),
        (other_segmenters, "textlab.tokens.segmentation", "def f():\n    from jieba import posseg"),
        (other_segmenters, "textlab.language.lexicon", "import jieba.analyse"),
        (pickles_and_threads, "textlab.pipeline.store", "import pickle"),
        (pickles_and_threads, "textlab.pipeline.store", "from joblib import dump"),
        (pickles_and_threads, "textlab.topics.store", "np.load(path, allow_pickle=True)"),
        (pickles_and_threads, "textlab.topics.store", "np.load(path, allow_pickle=trust)"),
        (pickles_and_threads, "textlab.topics.store", "frame.to_pickle('a')"),
        (pickles_and_threads, "textlab.topics.lda", "from gensim.models import LdaMulticore"),
        (pickles_and_threads, "textlab.topics.lda", "gensim.models.LdaMulticore(bow)"),
        (pickles_and_threads, "textlab.topics.lda", "import gensim.models.ldamulticore"),
    ],
)
def test_rule_finds_a_breach(rule: Rule, module: str, source: str) -> None:
    assert len(rule(module, source)) == 1


def test_rules_pass_what_is_right() -> None:
    source = '''
        """A module that keeps all the rules."""

        from textlab import __version__, schema
        from textlab.errors import nearest
        from textlab.tokens.counting import count
        from textlab.topics.labels import top_terms
        from . import vocabulary
        from .start import nmf_start

        import_module("textlab.schema")
        text = frame.to_csv(index=False, lineterminator="\\n").replace("a", "b")
        kept = table.open
        model.save(folder)
        open_documents = array.copy(order="C")
        '''
    for rule in RULES:
        assert rule("textlab.topics.x", dedent(source)) == []
    facade = """
        if TYPE_CHECKING:
            import pandas
        else:
            def __getattr__(name):
                return import_module(_PUBLIC[name])
        """
    assert eager_facade("textlab", dedent(facade)) == []
