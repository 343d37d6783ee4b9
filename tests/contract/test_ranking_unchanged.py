"""What the engine answers stays the same, however it finds it: queries of all kinds, recorded.

`ranking.json` holds the answers over a synthetic archive and over the sample articles;
DEPECHE_UPDATE_SNAPSHOTS=1 writes them anew. Only a change that is meant to answer otherwise
may do that.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from search.local.archive import LocalArchive
from search.model import DateRange, Request, Results
from tests.support.archives import update
from tests.support.make_corpus import write_jsonl
from tests.support.places import GOLDEN

RECORDED = GOLDEN / "ranking.json"

QUERIES = """
missiles
Ukraine
président
plus
ETATS-UNIS
l’Ukraine missiles
ukraine russie
missiles longue portée
président ukrainien Zelensky
président déclaré entre Biden
quelles sont les livraisons de missiles à l’Ukraine
systèmes antipersonnel Jugranuités
froueur blender
frinmaivées États-Unis Chadredeur
xqzwvk missiles
missille Zelenskyy
contre-offensive
anti-personnel mines
armée -Ukraine
missiles SAUF Russie
-missiles
Biden OU Zelensky
(Biden OR Moscou) AND armes
Kiev ET Moscou
"longue portée"
"président Joe Biden"
"mines antipersonnel" -Kiev
"aux États-Unis" missiles
approvision*
miss* ukraine
p*
zelenski~
missille~ Kiev
title:Biden
title:"longue portée"
title:missil* Ukraine
source:huffpost missiles
source:"le monde"
-source:cnn Biden
date:2019
date:2019-03..2019-05 missiles
date:2023-11-20.. Ukraine
source:cnn OR date:2020-02
author:personne Biden
300 000
la guerre

""".splitlines()[1:]

SPRING = DateRange(date(2019, 3, 1), date(2019, 4, 30))
NOVEMBER = DateRange(date(2018, 11, 1), date(2018, 11, 30))

REQUESTS = [
    *map(Request, QUERIES),
    *(Request(typed, typing=True) for typed in ("m", "pr", "missiles ukr", "guerre d", "xqz")),
    Request("missiles", sort="date"),
    Request("Ukraine Russie", sort="title", limit=20),
    Request("", sort="title", offset=5),
    Request("", limit=25, duplicates=True),
    Request("Ukraine", offset=60, limit=20),
    Request("Ukraine missiles", limit=30, duplicates=True),
    Request("plus", offset=900, limit=500),
    Request("président", sources=("CNN", "lefigaro.fr")),
    Request("guerre missiles", dates=(SPRING,)),
    Request("armes", sources=("AFP",), dates=(NOVEMBER,), undated=True, sort="date"),
    Request("Jugranuités troupes", sources=("AP",)),
    Request("missiles", limit=0),
]

ARCHIVES = ("synthetic", "samples")


@pytest.fixture(scope="module")
def archives(
    tmp_path_factory: pytest.TempPathFactory, seeds: Path
) -> Iterator[dict[str, LocalArchive]]:
    """The sample articles; and 1,500 synthetic ones in two segments, some of them deleted."""
    root = tmp_path_factory.mktemp("ranking")
    articles = root / "articles"
    articles.mkdir()
    everything = root / "all.jsonl"
    write_jsonl(everything, 1600)
    lines = everything.read_text(encoding="utf-8").splitlines(keepends=True)
    (articles / "a.jsonl").write_text("".join(lines[:900]), encoding="utf-8")
    (articles / "b.jsonl").write_text("".join(lines[900:1000]), encoding="utf-8")
    update(root / "synthetic", [articles])
    (articles / "b.jsonl").unlink()
    undated = [without_date(line) for line in lines[1000:1040]]
    (articles / "c.jsonl").write_text("".join(undated + lines[1040:]), encoding="utf-8")
    update(root / "synthetic")
    update(root / "samples", [seeds])
    opened = {name: LocalArchive(root / name) for name in ARCHIVES}
    yield opened
    for archive in opened.values():
        archive.close()


def without_date(line: str) -> str:
    return json.dumps({**json.loads(line), "date": ""}) + "\n"


def answered(results: Results) -> dict[str, Any]:
    """What must not change of an answer, in few words."""
    counts = {
        name: [f"{facet.value} {facet.count}" for facet in facets]
        for name, facets in (("source", results.facets.sources), ("month", results.facets.months))
        if facets is not None
    }
    return {
        "total": results.total,
        "partial": results.partial,
        "hits": " ".join(hit.head.id for hit in results.hits),
        "incomplete": sum(not hit.complete for hit in results.hits),
        "reprints": " ".join(reprint.id for hit in results.hits for reprint in hit.also),
        "scores": [round(hit.score, 3) for hit in results.hits[:20]],
        "sources": ", ".join(counts.get("source", [])),
        "months": crc32(", ".join(counts.get("month", [])).encode()),
        "suggestion": results.suggestion,
        "snippets": crc32(repr([(h.snippets, h.title_matches) for h in results.hits]).encode()),
    }


def name_of(request: Request) -> str:
    """The request as it is recorded: its query and what is not usual about it."""
    usual = Request(request.query)
    options = {
        field: value
        for field in Request.__slots__
        if (value := getattr(request, field)) != getattr(usual, field)
    }
    return " ".join([request.query, *(f"{field}={value}" for field, value in options.items())])


@pytest.fixture(scope="module")
def recorded() -> Iterator[dict[str, dict[str, Any]]]:
    answers = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    yield answers
    if os.environ.get("DEPECHE_UPDATE_SNAPSHOTS"):
        answers = {name: answers[name] for name in ARCHIVES}
        RECORDED.write_text(
            json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


def check(answer: dict[str, Any], answers: dict[str, Any], key: str) -> None:
    """Compare with what is recorded under `key`, or record it."""
    if os.environ.get("DEPECHE_UPDATE_SNAPSHOTS"):
        answers[key] = answer
    expected = answers[key]
    scores = pytest.approx(expected["scores"], abs=2e-3)
    assert answer == {**expected, "scores": scores}


@pytest.mark.parametrize("request_", REQUESTS, ids=name_of)
@pytest.mark.parametrize("name", ARCHIVES)
def test_answers_are_those_recorded(
    archives: dict[str, LocalArchive],
    recorded: dict[str, dict[str, Any]],
    name: str,
    request_: Request,
) -> None:
    answer = answered(archives[name].search(request_))
    check(answer, recorded.setdefault(name, {}), name_of(request_))


@pytest.mark.parametrize(("name", "id"), [("synthetic", "a.jsonl#8"), ("samples", "003")])
def test_similar_articles_are_those_recorded(
    archives: dict[str, LocalArchive], recorded: dict[str, dict[str, Any]], name: str, id: str
) -> None:
    answer = answered(archives[name].similar(id))
    check(answer, recorded.setdefault(name, {}), f"similar {id}")
