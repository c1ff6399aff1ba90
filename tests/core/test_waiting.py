from __future__ import annotations

from atlas.waiting import waiting

HEAD = "<h2>1</h2><ul><li>near</li></ul><h2>2</h2>"


def test_a_list_below_the_second_heading_says_its_lines() -> None:
    assert waiting(HEAD + "<ul><li>" + "字" * 40 + "</li><li><a>x</a></li></ul><p>") == (
        HEAD + '<ul style="--l:4"><li>' + "字" * 40 + "</li><li><a>x</a></li></ul><p>"
    )


def test_lists_in_lists_count_with_the_outer_one() -> None:
    assert waiting(HEAD + "<ol><li>a<ul><li>b</li></ul></li></ol>!") == (
        HEAD + '<ol style="--l:2"><li>a<ul><li>b</li></ul></li></ol>!'
    )


def test_what_is_near_and_what_has_a_class_stays() -> None:
    assert waiting("<h2>1</h2><ul><li>x</li></ul>") == "<h2>1</h2><ul><li>x</li></ul>"
    assert waiting(HEAD + '<ul class="st-notes"><li>x</li></ul>') == HEAD + '<ul class="st-notes"><li>x</li></ul>'
