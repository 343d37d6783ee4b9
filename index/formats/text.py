"""Plain text and Markdown, with or without YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from ..article import Problem
from ..language import _
from .decoding import decode
from .raw import RawArticle, Record, make_raw_article

if TYPE_CHECKING:
    import yaml

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_LONGEST_FRONT_MATTER = 8 * 1024  # characters; a rule (---) far below is not the end of it
_HEADING = re.compile(r"\s*#[ \t]+(\S.*?)[ \t#]*(?:\n|\Z)")


def parse_text(record: Record) -> Iterator[RawArticle | Problem]:
    """Parse a `.txt` file."""
    fields, text, warning = _split_front_matter(decode(record.data))
    if warning:
        yield record.problem(warning, skipped=False)
    yield make_raw_article(record, text, fields)


def parse_markdown(record: Record) -> Iterator[RawArticle | Problem]:
    """Parse a `.md` file: as plain text, except that a heading on its first line is the title."""
    fields, text, warning = _split_front_matter(decode(record.data))
    if warning:
        yield record.problem(warning, skipped=False)
    if heading := _HEADING.match(text):
        # The heading stays as a line: cleaning drops a first line that repeats the title.
        fields = {"title": heading[1], **fields}
        text = f"{heading[1]}\n{text[heading.end() :]}"
    yield make_raw_article(record, text, fields)


def _split_front_matter(text: str) -> tuple[dict[str, object], str, str]:
    """Split text into the fields of its front matter, the rest, and a warning."""
    opening = _FENCE.match(text)
    if not opening:
        return {}, text, ""
    closing = _FENCE.search(text, opening.end(), _LONGEST_FRONT_MATTER)
    if not closing:
        return {}, text, _("front matter without an end, kept as text")
    fields = _parse_front_matter(text[opening.end() : closing.start()])
    if fields is None:
        return {}, text, _("front matter that is not YAML fields, kept as text")
    return fields, text[closing.end() :], ""


def _parse_front_matter(source: str) -> dict[str, object] | None:
    """Parse `name: value` fields; values are strings or lists of strings, as written.

    YAML's nodes are read, not the objects it would build of them: those turn a source called
    `Non` into False, refuse the 31st of February, and let a few aliases grow into gigabytes.
    """
    import yaml  # only files with front matter pay for it

    # libyaml's parser, if PyYAML came with it, is ten times faster, and stricter.
    for loader in (getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader):
        # What PyYAML raises on hostile escapes and nesting, besides its own errors.
        with suppress(yaml.YAMLError, ValueError, OverflowError, RecursionError):
            node = yaml.compose(source, loader)
            break
    else:
        return None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        return None
    return {
        key.value.lower(): _node_value(value)
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode)
    }


def _node_value(node: yaml.Node) -> object:
    if isinstance(node.value, list):
        return [item.value for item in node.value if not isinstance(item, tuple)]
    return None if node.tag == "tag:yaml.org,2002:null" else node.value
