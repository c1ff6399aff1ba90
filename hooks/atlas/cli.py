"""The command `atlas`: check, explain, bindings, facts, show, schema, mutate."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from .book import Book
from .loading import load
from .problems import Problem, relative, report

ROOT_MARKS = ("mkdocs.yml", "data")
TEXTS = (".md", ".markdown", ".txt")
DATA = (".yml", ".yaml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit status: 0 clean, 1 findings, 2 could not run."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if arguments is None and options.run is not _mutate:
        gc.disable()  # the process ends before its garbage is worth looking for
    try:
        root = _root(options.root)
        return int(options.run(root, options))
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        print(f"atlas: {error.filename}: {error.strerror}", file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except UsageError as error:
        print(f"atlas: {error}", file=sys.stderr)
    return 2


class UsageError(Exception):
    """The command cannot run as it was called."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="atlas", description="Check and query the Qwen Report Atlas.")
    parser.add_argument("--root", type=Path, help="the project's folder (default: found from here upwards)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="check data and pages")
    check.add_argument("paths", nargs="*", type=Path, help="pages, folders of pages, or data files (default: all)")
    check.add_argument("--data-only", action="store_true", help="leave the pages out")
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    check.add_argument(
        "--report", action="append", default=[], metavar="ID", help="read pages as being about this report"
    )
    check.set_defaults(run=_check)

    explain = commands.add_parser("explain", help="how each number of a line was read and bound")
    explain.add_argument("place", help="PATH:LINE")
    explain.set_defaults(run=_explain)

    bindings = commands.add_parser("bindings", help="every number of the pages with what it is bound to")
    bindings.add_argument("paths", nargs="*", type=Path)
    bindings.add_argument("--format", choices=("text", "json"), default="text")
    bindings.set_defaults(run=_bindings)

    facts = commands.add_parser("facts", help="the facts of models, benchmarks, capabilities or reports")
    for name in ("model", "benchmark", "capability", "report", "mode"):
        facts.add_argument(f"--{name}", action="append", default=[], metavar="ID")
    facts.add_argument("--format", choices=("text", "csv", "json"), default="text")
    facts.set_defaults(run=_facts)

    show = commands.add_parser("show", help="one fact or quantity with its provenance and who cites it")
    show.add_argument("id")
    show.set_defaults(run=_show)

    mutate = commands.add_parser("mutate", help="how many seeded changes of the pages the check notices")
    mutate.add_argument("paths", nargs="*", type=Path)
    mutate.add_argument("--seed", type=int, default=1)
    mutate.add_argument("--each", type=int, default=None, help="at most this many mutants of each operator")
    mutate.add_argument("--format", choices=("text", "json"), default="text")
    mutate.set_defaults(run=_mutate)

    schema = commands.add_parser("schema", help="write the editors' JSON Schemas")
    schema.add_argument("--check", action="store_true", help="only say whether they have drifted")
    schema.set_defaults(run=_schema)
    return parser


def _root(given: Path | None) -> Path:
    if given:
        return given
    here = Path.cwd()
    for folder in (here, *here.parents):
        if all((folder / mark).exists() for mark in ROOT_MARKS):
            return folder
    raise UsageError("no project here: run it in the project's folder, or give --root")


def _check(root: Path, options: argparse.Namespace) -> int:
    from .checks import check_book
    from .consequences import unread, without_consequences

    found = [] if options.data_only else pages(root, options.paths)
    book, problems = load(root / "data", root=root)
    problems += check_book(book, broken=bool(problems))
    problems = without_consequences(dict.fromkeys(problems), book.documents)
    wanted = [relative(path, root) for path in options.paths]
    judged = bool(found) and not unread(problems)
    if found and not judged:
        print("pages are not checked before the data is right", file=sys.stderr)
    if judged:
        problems += check_prose(book, root, options.paths, options.report)
    if wanted and (judged or not found):
        problems = [p for p in problems if any(p.path == w or p.path.startswith(w.rstrip("/") + "/") for w in wanted)]
    text = report(problems, style=options.format)
    if text:
        print(text)
    if options.format == "text":
        print(f"{len(problems)} finding(s)" if problems else "no findings", file=sys.stderr)
    return 1 if problems else 0


def check_prose(book: Book, root: Path, paths: Sequence[Path] = (), reports: Sequence[str] = ()) -> list[Problem]:
    """The findings of all pages below docs/, or of the given pages and folders. `reports` stand in for front matter,
    so that a document from elsewhere can be read as being about a report."""
    from .collecting import paused, sweep
    from .linking import Links
    from .loading import suggestion
    from .prose.checking import Checker
    from .prose.names import Names
    from .prose.notes import PageMatter
    from .sources import check_source, read_source, without_noise
    from .spreading import spread

    for report_id in reports:
        if report_id not in book.reports:
            raise UsageError(f"unknown report {report_id!r}{suggestion(report_id, book.reports)}")
    subjects = tuple(book.reports[report_id].series for report_id in reports)
    matter = PageMatter(subjects=subjects, reports=tuple(reports)) if reports else None
    checker = Checker(Names(book))
    links = Links(book, ())

    def check(page: tuple[Path, str]) -> list[Problem]:
        path, language = page
        name = relative(path, root)
        text, found = read_source(path, root)
        if not found and name.startswith("docs/"):
            found = check_source(text, name, checker.names, links, language)
        with paused():
            problems = [*found, *checker.check(text, name, language, matter=matter).problems]
            sweep()
        return problems

    return without_noise(problem for found in spread(check, pages(root, paths)) for problem in found)


def pages(root: Path, paths: Sequence[Path] = ()) -> list[tuple[Path, str]]:
    """Pages with their language: those below docs/<language>/, or the given ones (Chinese unless below docs/en/)."""
    found: list[tuple[Path, str]] = []
    for path in paths or [root / "docs"]:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        if path.is_file() and path.suffix not in (*TEXTS, *DATA):
            raise UsageError(f"{path}: neither a page ({', '.join(TEXTS)}) nor a data file")
        files = sorted(path.rglob("*.md")) if path.is_dir() else [path] if path.suffix in TEXTS else []
        if path.is_dir() and not files and not any(path.rglob("*.yml")):
            raise UsageError(f"{path}: no page and no data file in it")
        for file in files:
            parts = relative(file, root).split("/")
            found.append((file, "en" if parts[:2] == ["docs", "en"] else "zh"))
    return found


def _explain(root: Path, options: argparse.Namespace) -> int:
    from .prose.checking import Checker
    from .prose.explaining import explain
    from .prose.names import Names

    path, _, line = options.place.rpartition(":")
    if not line.isdigit():
        raise UsageError("explain wants PATH:LINE")
    book, _ = load(root / "data", root=root)
    for file, language in pages(root, [Path(path)]):
        result = Checker(Names(book)).check(file.read_text(encoding="utf-8"), relative(file, root), language)
        text = explain(result, int(line), book, language)
        print(text or f"{options.place}: no number or comparison in this line")
    return 0


def _bindings(root: Path, options: argparse.Namespace) -> int:
    import json
    from dataclasses import asdict

    from .prose.checking import check_pages
    from .prose.names import Names

    book, _ = load(root / "data", root=root)
    sources = {relative(path, root): (path, language) for path, language in pages(root, options.paths)}
    names = Names(book)
    rows = []
    for name, (path, language) in sources.items():
        rows += check_pages({name: path.read_text(encoding="utf-8")}, names, language).bindings
    if options.format == "json":
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
    else:
        for row in rows:
            print(f"{row.path}:{row.line}:{row.column}: {row.text}\t{row.kind}\t{' '.join(row.ids)}")
    return 0


def _facts(root: Path, options: argparse.Namespace) -> int:
    from .loading import suggestion
    from .querying import as_table, matching

    book, _ = load(root / "data", root=root)
    for kind, given, known in (
        ("model", options.model, book.models), ("benchmark", options.benchmark, book.benchmarks),
        ("capability", options.capability, book.capabilities), ("report", options.report, book.reports),
        ("mode", options.mode, book.vocabulary.modes),
    ):  # fmt: skip
        for word in given:
            if word.split(".")[0] not in known and word not in known:
                raise UsageError(f"unknown {kind} {word!r}{suggestion(word, known)}")
    found = matching(
        book, models=options.model, benchmarks=options.benchmark, capabilities=options.capability,
        reports=options.report, modes=options.mode,
    )  # fmt: skip
    print(as_table(found, options.format))
    return 0


def _show(root: Path, options: argparse.Namespace) -> int:
    from .loading import suggestion
    from .prose.checking import check_pages
    from .prose.names import Names
    from .querying import show

    book, _ = load(root / "data", root=root)
    names = Names(book)
    cited = []
    for path, language in pages(root):
        results = check_pages({relative(path, root): path.read_text(encoding="utf-8")}, names, language)
        cited += [f"{b.path}:{b.line}:{b.column}" for b in results.bindings if options.id in b.ids]
    text = show(book, options.id, cited)
    if text is None:
        raise UsageError(f"unknown id {options.id!r}{suggestion(options.id, [*book.facts, *book.quantities])}")
    print(text)
    return 0


def _schema(root: Path, options: argparse.Namespace) -> int:
    from .schema import schemas

    book, problems = load(root / "data", root=root)
    if problems:
        print(report(problems))
        return 1
    folder = root / "data" / "schemas"
    drifted = []
    for name, text in schemas(book).items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            drifted.append(relative(path, root))
            if not options.check:
                folder.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
    for name in drifted:
        print(f"{name}: {'drifted' if options.check else 'written'}")
    return 1 if options.check and drifted else 0


def _mutate(root: Path, options: argparse.Namespace) -> int:
    import json

    from .mutating import FLOORS, strength
    from .prose.names import Names

    book, _ = load(root / "data", root=root)
    sources: dict[str, dict[str, str]] = {}
    for path, language in pages(root, options.paths):
        sources.setdefault(language, {})[relative(path, root)] = path.read_text(encoding="utf-8")
    names = Names(book)
    weak = False
    for language, texts in sources.items():
        scores = strength(texts, names, language, seed=options.seed, each=options.each)
        weak = weak or any(score.rate < FLOORS[operator] for operator, score in scores.items())
        if options.format == "json":
            rows = {o: {"made": s.made, "killed": s.killed, "rate": str(round(s.rate, 2))} for o, s in scores.items()}
            print(json.dumps({"language": language, "seed": options.seed, "operators": rows}, ensure_ascii=False))
            continue
        for operator, score in scores.items():
            print(
                f"{operator:22} {score.made:5} made {score.killed:5} killed {score.rate:6.2f} % (floor {FLOORS[operator]})"
            )
        for score in scores.values():
            for mutant in score.survivors:
                print(f"survivor: {mutant.shown(texts[mutant.path])}")
    return 1 if weak else 0
