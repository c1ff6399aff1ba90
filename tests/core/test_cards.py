"""The data that the reader's script reads: card data of pages, the compare page's scores, the words."""

from __future__ import annotations

import json

from atlas.book import Book
from atlas.comparing import comparison
from atlas.linking import Links
from atlas.publishing import Edition

FACT = "first/table-01/quiz/alpha-8b@thinking"
PAGE = "# 阅读 {#reading}\n\nQuiz 上 Alpha-8B 思考得 88.70。\n\n```scores\ntables: [first/table-01]\n```\n"


def edition(pair: Book) -> Edition:
    return Edition(pair, {"capabilities/reading.md": PAGE}, language="zh")


def test_a_page_has_what_its_numbers_need(pair: Book) -> None:
    card = json.loads(edition(pair).files()["capabilities/reading/card.json"])
    fact = pair.facts[FACT]
    source, row, column = fact.source, fact.row, fact.column
    columns = card["t"][source][2].split(" ")
    place, printed, cited, _ = card["v"][f"{source}/{row}"]
    assert printed.split("|")[columns.index(column)] == fact.value
    assert place == fact.row_index + 1
    assert card["b"][fact.benchmark][0] == "Quiz"
    assert card["c"][column][0] == "Alpha-8B" and card["c"][column][4] == "t"
    assert card["o"]["first"][2] == pair.reports["first"].arxiv
    assert [card["p"][index][0] for index in cited[str(columns.index(column))]] == ["capabilities/reading/"]


def test_every_value_of_a_row_stands_in_its_column(pair: Book) -> None:
    card = json.loads(edition(pair).files()["capabilities/reading/card.json"])
    for fact in pair.facts.values():
        if fact.source in card["t"]:
            columns = card["t"][fact.source][2].split(" ")
            assert card["v"][f"{fact.source}/{fact.row}"][1].split("|")[columns.index(fact.column)] == fact.value


def test_card_data_is_the_same_each_time(pair: Book) -> None:
    assert edition(pair).files() == edition(pair).files()


def test_a_page_without_numbers_has_no_card_data(pair: Book) -> None:
    one = Edition(pair, {"about.md": "# 关于\n"}, language="zh")
    assert "about/card.json" not in one.files()
    assert "about.md" not in one.carded


def test_the_comparison_holds_every_score_once(pair: Book) -> None:
    data = comparison(pair, Links(pair, []), "zh")
    found = {}
    for table, _, _, _, _, _, values, row in data["rows"]:
        for column, value in values.items():
            found[f"{data['tables'][table][2]}/{row}/{data['columns'][int(column)][4]}"] = value
    scores = {f.id: f.value for f in pair.facts.values() if pair.benchmarks[f.benchmark].kind == "benchmark"}
    assert found == scores


def test_the_words_are_a_module(pair: Book) -> None:
    text = edition(pair).files()["assets/words.js"]
    assert text.startswith("export default {") and '"filter":"筛选行"' in text
