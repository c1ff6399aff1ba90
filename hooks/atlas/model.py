"""What the YAML files may hold: one class per kind of file or entry. The loader validates with these classes,
and the editors' JSON Schemas are generated from them (`atlas schema`)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

ID_PATTERN = r"^[a-z0-9]+([.-][a-z0-9]+)*$"
FACT_PATTERN = r"^[a-z0-9.+@/-]+$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]


# an id that must stand in one of the registries: the editors' schemas list what that registry holds
ModelId = Annotated[Id, WithJsonSchema({"type": "string", "x-registry": "models"})]
BenchmarkId = Annotated[Id, WithJsonSchema({"type": "string", "x-registry": "benchmarks"})]
CapabilityId = Annotated[Id, WithJsonSchema({"type": "string", "x-registry": "capabilities"})]
ModeId = Annotated[Id, WithJsonSchema({"type": "string", "x-registry": "modes"})]
VariantId = Annotated[Id, WithJsonSchema({"type": "string", "x-registry": "variants"})]
UnitId = Annotated[Id, WithJsonSchema({"type": "string", "x-registry": "units"})]
SplitId = Annotated[Id, WithJsonSchema({"type": "string", "x-registry": "splits"})]
ReportId = Annotated[Id, WithJsonSchema({"type": "string", "x-registry": "reports"})]
SourceId = Annotated[Id, WithJsonSchema({"type": "string", "x-registry": "sources"})]
FactId = Annotated[str, StringConstraints(pattern=FACT_PATTERN)]
"""`<report>/<table>/<row>/<column>`, or `<report or paper>/<quantity>`."""
Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^<>]*$", strip_whitespace=True)]
"""One line or paragraph of plain text; no HTML."""
Printed = Annotated[
    str, StringConstraints(min_length=1), WithJsonSchema({"type": ["string", "number", "integer", "boolean"]})
]
"""A value exactly as the source prints it: 88.70 keeps its zero."""
Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"]+$")]
Date = Annotated[
    str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"), WithJsonSchema({"type": ["string", "integer"]})
]


class Record(BaseModel):
    """Authored data: unknown keys are refused and nothing can be changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Record):
    """The same text in both editions."""

    zh: Text
    en: Text

    def __getitem__(self, language: str) -> str:
        return str(getattr(self, language))


def _both(value: Any) -> Any:
    return {"zh": value, "en": value} if isinstance(value, str) else value


Name = Annotated[
    Bilingual,
    BeforeValidator(_both),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
                    "required": ["zh", "en"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
"""A name: one string where both languages write it alike, else {zh, en}."""


class Mode(Record):
    """A way of running a model, as a table's header prints it."""

    name: Name
    meaning: Bilingual
    reasoning: Literal["thinking", "direct", "none"] = Field(
        description="Which results may be ranked together: thinking with thinking, direct with direct."
    )
    aliases: tuple[Text, ...] = ()


class Variant(Record):
    """What else was different: a training stage, tools, an ablation."""

    name: Name
    meaning: Bilingual
    aliases: tuple[Text, ...] = ()


class Unit(Record):
    """What a number counts. `symbol` is what prose writes after it, `range` the values that are possible."""

    name: Name
    symbol: Name | None = None
    range: tuple[Number, Number] | None = None
    words: tuple[Text, ...] = Field(default=(), description="Words and symbols that follow a number of this unit.")


class Split(Record):
    """A part of a benchmark that is scored by itself."""

    name: Name
    aliases: tuple[Text, ...] = ()
    unit: UnitId | None = None
    range: tuple[Number, Number] | None = None
    direction: Literal["higher", "lower", "none"] | None = None
    metric: Name | None = Field(default=None, description="Where it is not scored by the benchmark's metric.")
    note: Bilingual | None = None


class Vocabulary(Record):
    """vocabulary.yml: the words that tables and pages share."""

    modes: dict[Id, Mode]
    variants: dict[Id, Variant]
    units: dict[Id, Unit]
    splits: dict[Id, Split]


class Capability(Record):
    """An entry of capabilities.yml. The order of entries is the order of pages."""

    name: Bilingual
    description: Bilingual
    aliases: tuple[Text, ...] = ()


class Benchmark(Record):
    """An entry of benchmarks.yml: what a table's row can be."""

    kind: Literal["benchmark", "property"] = Field(
        default="benchmark", description="`property` for rows that describe a model (layers, tokens): never ranked."
    )
    name: Name
    full_name: Text | None = None
    aliases: tuple[Text, ...] = Field(default=(), description="Every other way a report or page writes the name.")
    measures: Bilingual | None = Field(default=None, description="What it measures, in one sentence.")
    capability: CapabilityId | None = None
    metric: Name | None = None
    unit: UnitId | None = None
    range: tuple[Number, Number] | None = Field(default=None, description="Only where it is narrower than the unit's.")
    direction: Literal["higher", "lower", "none"] | None = None
    splits: dict[Id, Split | None] = Field(
        default={}, description="The splits the tables print; null takes the entry of the same id in vocabulary.yml."
    )
    items: int | None = Field(default=None, description="Number of test items, where a source gives it.")
    caveat: Bilingual | None = None
    related: tuple[BenchmarkId, ...] = Field(default=(), description="Other versions and close relatives.")
    citation: Text | None = Field(default=None, description="As the reports cite it: Authors et al., year.")
    url: Url | None = None
    moved_from: tuple[Id, ...] = ()


class Parameters(Record):
    """Sizes as printed: 235B."""

    total: Printed | None = None
    activated: Printed | None = None


class Model(Record):
    """An entry of models.yml."""

    kind: Literal["model", "series", "component", "reference"] = Field(
        default="model",
        description="`series` for a family as a whole, `component` for an encoder or an ablation, "
        "`reference` for a column that is no single model.",
    )
    name: Name
    aliases: tuple[Text, ...] = Field(default=(), description="Every other way a report or page writes the name.")
    developer: Text | None = None
    family: ModelId | None = Field(default=None, description="The series it belongs to.")
    parameters: Parameters | None = None
    architecture: Literal["dense", "moe"] | None = None
    open_weights: bool | None = None
    modes: tuple[ModeId, ...] = ()
    released: Date | None = None
    base: ModelId | None = Field(default=None, description="The model it was trained from.")
    description: Bilingual | None = None
    url: Url | None = None
    moved_from: tuple[Id, ...] = ()


class Section(Record):
    """A section of a report or document, so that a locator can be checked."""

    title: Text
    pages: tuple[Text, ...] = Field(default=(), description="Pages of this site that cover it, with #anchor.")


class Report(Record):
    """reports/<report>/report.yml"""

    name: Text
    title: Text
    arxiv: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{5}$"), WithJsonSchema({"type": ["string", "number"]})]
    url: Url
    published: Date | None = None
    series: ModelId
    description: Bilingual
    authors: Text | None = None
    license: Text | None = None
    sections: dict[Printed, Section] = {}


class Source(Record):
    """An entry of sources.yml: a document in circulation that retells a report."""

    name: Name
    title: Bilingual
    about: ReportId | None = Field(default=None, description="The report it retells.")
    language: Literal["zh", "en"]
    description: Bilingual
    sections: dict[Printed, Section] = {}


class Head(Record):
    """A column's header or a row's label: a model as it was run, or a benchmark as it was scored.

    Where a table prints models down the side, its rows carry `model` and its columns `benchmark`.
    `split` is a list where one cell prints several values with a slash.
    """

    model: ModelId | None = None
    mode: ModeId | None = Field(
        default=None, description="On a benchmark's row: where it differs from the columns' modes."
    )
    variant: VariantId | None = None
    benchmark: BenchmarkId | None = None
    split: SplitId | tuple[SplitId, ...] | None = None
    unit: UnitId | None = Field(default=None, description="Where this table prints another unit than the benchmark's.")
    label: Text | None = Field(default=None, description="The printed header or label, where it is not the name.")


class Mark(Record):
    """What a printed mark means; `mode` and `variant` are what it says of the cell."""

    zh: Text
    en: Text
    mode: ModeId | None = None
    variant: VariantId | None = None


class Row(Head):
    """A row of a score table, as printed."""

    values: tuple[Printed | None, ...] = Field(
        description='As printed, with marks. "-" is a printed dash, ~ a blank cell, n/a a cell that cannot exist.'
    )


class Exemption(Record):
    """A check that does not hold here, and why. It is an error when it is no longer needed."""

    check: Annotated[str, StringConstraints(pattern=r"^D\d{3}$")]
    row: Id | None = None
    reason: Text


class TableFile(Record):
    """reports/<report>/table-NN.yml or figure-N.yml, laid out as it is printed."""

    caption: Bilingual
    section: Printed | None = None
    confidence: Literal["high", "medium"] = Field(
        default="high", description="medium where the values were read from a figure or stand in one copy only."
    )
    note: Bilingual | None = None
    columns: tuple[Head, ...] = Field(min_length=1)
    marks: dict[Printed, Mark] = {}
    exemptions: tuple[Exemption, ...] = ()
    rows: tuple[Row, ...] = Field(min_length=1)


class Cues(Record):
    """Words of which one must stand near a number for it to be this quantity."""

    zh: tuple[Text, ...] = ()
    en: tuple[Text, ...] = ()


class Quantity(Record):
    """A number that a source's text prints and no table holds."""

    subject: Id = Field(description="The model, series, benchmark, capability, report or paper it is about.")
    name: Bilingual
    value: Printed
    unit: UnitId
    approximate: bool = False
    bound: Literal["over", "under", "at_most"] | None = Field(
        default=None, description="The source says it is more or less than this, or a cap."
    )
    locator: Text = Field(description="Section, table or figure: `2.2.1`, `table-02`, `abstract`.")
    cues: Cues
    note: Bilingual | None = None
    benchmark: BenchmarkId | None = None
    mode: ModeId | None = None
    also: tuple[Printed, ...] = Field(default=(), description="The same number as other texts write it: 4T, 4 万亿.")


class Paper(Record):
    """papers/<paper>.yml: a related paper and the numbers of its abstract."""

    name: Text
    title: Text
    arxiv: (
        Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{5}$"), WithJsonSchema({"type": ["string", "number"]})]
        | None
    ) = None
    url: Url | None = None
    published: Date | None = None
    aliases: tuple[Text, ...] = ()
    what: Bilingual = Field(description="What it is, in one sentence.")
    builds_on: tuple[Id, ...] = Field(default=(), description="Models, series or benchmarks it uses.")
    topic: Id
    resources: tuple[Url, ...] = ()
    quantities: dict[Id, Quantity] = {}


class Reading(Record):
    """What one source says."""

    source: SourceId
    locator: Text
    value: Text
    says: Bilingual | None = None


class Guard(Record):
    """A relation that the facts fulfil as long as the erratum is true.

    `left` [`minus`|`over` another] `relation` `right`, where each is a fact's id and `right` may be a number; or
    `rank` of a fact in its row; or `wins` of one column over others of a table.
    """

    left: FactId | None = None
    minus: FactId | None = None
    over: FactId | None = None
    rank: FactId | None = Field(default=None, description="The place of this fact in its row, 1 is best.")
    among: tuple[FactId, ...] = Field(default=(), description="The other facts it is ranked with; default: same mode.")
    wins: tuple[FactId, ...] = Field(
        default=(), description="`<report>/<table>/<column>`: rows in which the first column beats all others."
    )
    relation: Literal["=", "!=", "<", ">", "<=", ">="]
    right: Printed


class Erratum(Record):
    """An entry of errata.yml: two readings that differ, which one stands, and why."""

    kind: Literal[
        "misattributed", "superlative", "comparison", "delta", "count", "ratio", "order", "mode", "own-table",
        "cross-report", "wording", "repeated", "name", "value",
    ]  # fmt: skip
    title: Bilingual
    report: Id
    capability: tuple[CapabilityId, ...] = ()
    readings: tuple[Reading, ...] = Field(min_length=2)
    stands: Bilingual
    why: Bilingual
    facts: tuple[FactId, ...] = Field(default=(), description="The cells that decide.")
    guards: tuple[Guard, ...] = ()
