"""The reader on the whole corpus: at least 95 of 100 points, and no date that is not there."""

from tasks.corpus import corpus
from tasks.scoring import PASS, score_all
from tests.tasks.reading.plain import reading


def test_the_corpus_is_read_with_no_date_invented() -> None:
    score = score_all(list(corpus()), lambda text, language: reading(text, language).as_json())

    assert score.total >= PASS
    assert score.invented_dates == []
