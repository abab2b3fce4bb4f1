import pytest
import spacy
from spacy.language import Language

from extractors.components import PIPELINE, document, pipeline
from extractors.engine import load_engine
from kg.errors import ExtractorError
from kg.testing.extractors import HOSTILE, PAPERS
from kg.text import published

#: What each component sets.
SETS = {
    "paperkg_sentences": "kg_reading",
    "paperkg_links": "kg_links",
    "paperkg_abbreviations": "kg_abbreviations",
    "paperkg_entities": "kg_entities",
    "paperkg_quantities": "kg_quantities",
    "paperkg_results": "kg_results",
    "paperkg_relations": "kg_relations",
}


def blank(*names: str) -> Language:
    nlp = spacy.blank("en")
    for name in names:
        nlp.add_pipe(name, config={"engine": "fast"} if name == "paperkg_entities" else {})
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline("fast")


@pytest.mark.parametrize("name", PIPELINE)
def test_component_sets_what_it_promises(name: str) -> None:
    nlp = blank(*PIPELINE[: PIPELINE.index(name) + 1])
    doc = nlp(document(nlp, PAPERS[0].title, PAPERS[0].abstract))
    assert nlp.has_pipe(name)
    assert doc._.get(SETS[name])


@pytest.mark.parametrize("name", PIPELINE[1:])
def test_component_names_the_one_that_is_missing(name: str) -> None:
    with pytest.raises(ExtractorError, match="add the component paperkg_"):
        blank(name)("We propose FooNet.")


def test_pipeline_says_what_the_engine_says(nlp: Language) -> None:
    papers = [*PAPERS, *HOSTILE]
    docs = list(nlp.pipe([document(nlp, text.title, text.abstract) for text in papers]))
    for doc, found in zip(docs, load_engine("fast").extract(papers), strict=True):
        assert (doc._.kg_entities, doc._.kg_results, doc._.kg_relations, doc._.kg_links) == (
            found.entities,
            found.results,
            found.relations,
            found.links,
        )


def test_pipeline_marks_entities_and_sentences(nlp: Language) -> None:
    doc = nlp(document(nlp, PAPERS[0].title, PAPERS[0].abstract))
    assert ("SortBench", "BENCHMARK") in {(ent.text, ent.label_) for ent in doc.ents}
    assert "https://github.com/example/qsn" in [sentence.text for sentence in doc.sents][-1]


def test_pipeline_reads_a_plain_text_as_an_abstract(nlp: Language) -> None:
    doc = nlp("We propose QuickNet, which reaches 91.5% accuracy on GLUE.")
    assert {mention.field for entity in doc._.kg_entities for mention in entity.mentions} == {"abstract"}
    assert [result.value for result in doc._.kg_results] == [91.5]


def test_settings_of_a_component_are_respected() -> None:
    nlp = spacy.blank("en")
    for name in PIPELINE[:4]:
        nlp.add_pipe(name, config={"engine": "fast", "keep": 0.999, "mark": False} if name == "paperkg_entities" else {})
    doc = nlp("We propose QuickNet, which reaches 91.5% accuracy on GLUE.")
    assert doc._.kg_entities == ()
    assert not doc.ents


def test_document_cleans_what_is_not_text() -> None:
    nlp = spacy.blank("en")
    assert document(nlp, "", "a\x00b").text == published("a\x00b")
