"""The names that columns and fields have, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = {
    "body": "body text content fulltext full_text article texte contenu corps article_text",
    "title": "title headline titre heading",
    "source": "source publication journal media média outlet newspaper publisher",
    "date": "date published published_at publish_date publication_date datepublished pubdate"
    " date_publication date_de_publication jour",
    "authors": "authors author byline auteur auteurs auteur(s) journaliste signature creator",
    "url": "url link lien permalink address adresse uri",
    "page": "page pages p.",
}
_OURS = {name for names in _NAMES.values() for name in names.split()}


def in_our_names(fields: Mapping[str, object]) -> dict[str, object]:
    """Fields under the names that we have for them; of several that mean the same, the first of
    the list that is not empty."""
    given = {str(name).strip().lower().replace(" ", "_"): fields[name] for name in fields}
    found = {name: value for name, value in given.items() if name not in _OURS}
    for ours, names in _NAMES.items():
        values = [given[name] for name in names.split() if name in given]
        if values:
            found[ours] = next(filter(None, values), values[0])
    return found
