"""The published search index: short, and with whole pages first."""

from __future__ import annotations

import json

import pytest

from atlas.book import Book
from atlas.searching import NUMBER, entry_docs, menu_names, search_index, table_words


def small(*docs: dict[str, str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(search_index(json.dumps({"config": {}, "docs": docs}).encode()))["docs"]
    return found


def test_a_page_keeps_its_first_sentence_and_comes_before_its_sections() -> None:
    page, section = small(
        {"location": "capabilities/ocr/", "title": "OCR", "text": "<p>读字\u200b选\u200b指令。</p><p>第二句。</p>"},
        {"location": "capabilities/ocr/#sizes", "title": "尺寸", "text": "<p>" + "字\u200b" * 60 + "</p>"},
    )
    assert page["text"] == "读字\u200b选指令。"
    assert page["boost"] == 6 and "boost" not in section
    assert str(section["text"]).count("字") == 24 and str(section["text"]).endswith("…")


def test_an_entry_is_found_by_its_names_alone() -> None:
    docs = small(
        {"location": "benchmarks/ocrbench/", "title": "OCRBench", "text": "<p>又写作 OCR-Bench。</p>"},
        {"location": "benchmarks/ocrbench/#scores", "title": "得分", "text": ""},
        {"location": "benchmarks/", "title": "基准", "text": ""},
    )
    assert [doc["location"] for doc in docs] == ["benchmarks/ocrbench/", "benchmarks/"]
    assert docs[0]["text"] == "又写作 OCR-Bench。"


def test_the_index_is_written_as_it_reads() -> None:
    assert "中文" in search_index(json.dumps({"docs": [{"location": "", "title": "中文", "text": ""}]}).encode())


def test_a_character_alone_joins_its_neighbour() -> None:
    titles = [
        "多\u200b语言",
        "上\u200b预\u200b训练",
        "几张\u200b图\u200b，",
        "多图\u200b的\u200b理解",
        "差得\u200b不\u200b多\u200b；",
        "不\u200b多",
    ]
    docs = small(*({"location": f"p{n}/", "title": title, "text": ""} for n, title in enumerate(titles)))
    assert [doc["title"] for doc in docs] == [
        "多语言",
        "上\u200b预训练",
        "几张图\u200b，",
        "多图\u200b的\u200b理解",
        "差得\u200b不多\u200b；",
        "不多",
    ]


def test_the_shorter_name_comes_first() -> None:
    docs = small(
        {"location": "benchmarks/mmmu/", "title": "MMMU：得分", "text": ""},
        {"location": "benchmarks/mmmu-pro/", "title": "MMMU-Pro：得分", "text": ""},
    )
    assert docs[0]["boost"] > docs[1]["boost"]


def test_an_authored_page_is_found_by_its_address_its_menu_and_its_capability() -> None:
    docs = [
        {"location": "capabilities/grounding/", "title": "视觉\u200b定位", "text": ""},
        {"location": "capabilities/grounding/#boxes", "title": "框", "text": ""},
        {"location": "models/grounding-dino/", "title": "Grounding DINO：得分", "text": ""},
    ]
    nav = [{"能力": [{"视觉定位": "capabilities/grounding.md"}, {"后训练": "capabilities/post-training/index.md"}]}]
    called = {location: [name, "定位与检测"] for location, name in menu_names(nav)}
    assert [*called] == ["capabilities/grounding/", "capabilities/post-training/"]
    index = json.loads(search_index(json.dumps({"config": {}, "docs": docs}).encode(), called))
    assert [doc.get("tags") for doc in index["docs"]] == [["grounding", "检测"], None, None]
    assert index["config"]["fields"]["tags"]["boost"] == 1000


def test_a_report_is_found_by_its_tables(pair: Book) -> None:
    held = table_words(pair, "zh")
    assert held["reports/first/"] == (("表",), ("1", "2"))
    written = json.dumps({"docs": [{"location": "reports/first/", "title": "First", "text": ""}]}).encode()
    (doc,) = json.loads(search_index(written, {}, held))["docs"]
    assert doc["text"] == "1 2" and doc["tags"] == ["表"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("写成 93.8 对 89.0", ["93.8", "89.0"]),
        ("Qwen3-32B 有 17 项", []),
        ("CFEval 1842", []),
        ("Qwen2.5-VL", []),
    ],
)
def test_numbers_of_titles_are_those_that_somebody_would_search(text: str, numbers: list[str]) -> None:
    assert NUMBER.findall(text) == numbers


def test_an_entry_of_the_ledger_is_found_by_the_number_in_its_title(pair: Book) -> None:
    titles = [entry.title.zh for entry in pair.errata.values()]
    assert [doc["title"] for doc in entry_docs(pair, "zh")] == [title for title in titles if NUMBER.search(title)]
