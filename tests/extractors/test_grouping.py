from extractors.abbreviations import abbreviations
from extractors.grouping import Group, groups, merged, normal
from extractors.reading import Reading
from extractors.taggers import TaggedSpan
from kg.model import EntityType, Text


def tagged(text: Text, *surfaces: tuple[str, EntityType]) -> list[TaggedSpan]:
    """Each surface tagged where it first stands in the abstract."""
    return [TaggedSpan("abstract", at, at + len(s), type_, 0.9) for s, type_ in surfaces for at in [text.abstract.index(s)]]


def grouped(abstract: str, *surfaces: tuple[str, EntityType], title: str = "") -> list[Group]:
    text = Text("x", title, abstract)
    reading = Reading.of(text)
    return groups(reading, tagged(text, *surfaces), abbreviations(reading))


def surfaces(found: list[Group]) -> list[list[str]]:
    return [[mention.text for mention in group.mentions] for group in found]


def test_normal_leaves_out_what_varies() -> None:
    assert normal("Graph-Attention Networks (GAT)") == normal("graph attention network") == "graph attention network"
    assert normal(r"$\alpha$-Net") != ""
    assert normal("  ") == ""


def test_groups_finds_a_name_wherever_it_stands() -> None:
    found = grouped("We use FooNet. FooNet is good.", ("FooNet", "METHOD"), title="FooNet again")
    assert surfaces(found) == [["FooNet"] * 3]


def test_groups_joins_short_and_long_form() -> None:
    found = grouped("Graph Attention Networks (GAT) work. GAT is old.", ("Graph Attention Networks", "METHOD"))
    assert surfaces(found) == [["Graph Attention Networks", "GAT", "GAT"]]


def test_groups_joins_names_with_and_without_a_generic_noun() -> None:
    assert len(grouped("We use GSM8K. The GSM8K dataset helps.", ("GSM8K", "BENCHMARK"), ("GSM8K dataset", "BENCHMARK"))) == 1


def test_groups_keeps_different_names_apart() -> None:
    assert len(grouped("We use Qwen-7B and Qwen-14B.", ("Qwen-7B", "MODEL"), ("Qwen-14B", "MODEL"))) == 2


def test_groups_keeps_a_kind_and_its_example_in_brackets_apart() -> None:
    assert len(grouped("We use an LLM (Llama-3.1-8B).", ("LLM", "MODEL"), ("Llama-3.1-8B", "MODEL"))) == 2


def test_groups_leaves_parts_of_longer_words_alone() -> None:
    assert surfaces(grouped("We use BERT and RoBERTa and BERT-like.", ("BERT", "MODEL"))) == [["BERT"]]


def test_merged_holds_the_mentions_of_all_parts_in_text_order() -> None:
    found = grouped("B comes, A goes, B stays.", ("A", "METHOD"), ("B", "METHOD"))
    assert [m.text for m in merged(found[::-1]).mentions] == ["B", "A", "B"]


def test_groups_closes_brackets_and_formulas() -> None:
    assert (
        surfaces(grouped("Zero-Inflated Poisson (ZIP) works.", ("Zero-Inflated Poisson (ZIP", "METHOD")))[0][0] == "Zero-Inflated Poisson"
    )
    assert surfaces(grouped("We use $f$-PO here.", ("f$-PO", "METHOD"))) == [["$f$-PO"]]
