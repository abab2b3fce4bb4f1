import pytest

from extractors.lexicon import Lexicon, term
from extractors.training.classes import count_classes
from extractors.training.lexicon import count_terms, pack_lexicon
from kg.errors import ExtractorError
from kg.model import Text

PAPERS = [Text(str(k), "Graph networks", f"We study graph networks of the world and thing{k}.") for k in range(50)]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.read(pack_lexicon(*count_terms(PAPERS), len(PAPERS), count_classes(PAPERS)))


def test_term_is_words_in_lower_case() -> None:
    assert term("Graph-Attention Network") == "graph attention network"
    assert term("one two three four five") == ""


def test_levels_tell_common_terms_from_rare_ones(lexicon: Lexicon) -> None:
    assert min(lexicon.levels("graph networks")) > 0
    assert lexicon.levels("study graph networks")[1] == 0
    assert lexicon.levels("thing7") == (0, 0)


def test_lexicon_leaves_out_terms_that_begin_or_end_in_a_linking_word(lexicon: Lexicon) -> None:
    assert lexicon.levels("networks of") == (0, 0)


def test_features_look_at_the_commonest_surface_and_the_first(lexicon: Lexicon) -> None:
    common, rare = lexicon.levels("graph networks")[0], 0
    found = lexicon.features(["thing7", "Graph Networks"], titled=True)
    assert {f"df={common}", f"first={rare}", f"df={common}/True"} <= set(found)
    assert lexicon.features(["one two three four five"], titled=False) == ["df=-"]


def test_lexicon_knows_the_classes_of_words(lexicon: Lexicon) -> None:
    assert lexicon.classes.tags("Networks") == lexicon.classes.tags("networks") != lexicon.classes.tags("unheard")
    assert Lexicon.empty().classes.tags("networks") == ()


def test_read_refuses_what_is_no_lexicon() -> None:
    with pytest.raises(ExtractorError, match="lexicon cannot be read"):
        Lexicon.read(b"nothing")
