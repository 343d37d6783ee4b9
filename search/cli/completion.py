"""Completion: what may follow in a command line, for bash, zsh and fish.

Each shell has a small script (`depeche completion SHELL`) that runs `depeche` with
`_DEPECHE_COMPLETE` set to its name whenever the Tab key is pressed, and offers the lines printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any, NamedTuple, get_args

from ..archive import archive_at, ids_at
from ..wording.language import _
from ..wording.safe import safe
from .arguments import Group
from .help import explanation

VARIABLE = "_DEPECHE_COMPLETE"

SCRIPTS = {
    "bash": """\
_depeche() {
    local IFS=$'\\n'
    COMPREPLY=($(_DEPECHE_COMPLETE=bash "$1" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null))
}
complete -o default -F _depeche depeche
""",
    "zsh": """\
#compdef depeche
_depeche() {
    local -a found
    found=("${(@f)$(_DEPECHE_COMPLETE=zsh $words[1] "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n "$found" ]]; then _describe -V depeche found; else _files; fi
}
if [[ "$funcstack[1]" == _depeche ]]; then _depeche "$@"; else compdef _depeche depeche; fi
""",
    "fish": """\
function __depeche_complete
    set -l current (string unescape -- (commandline -ct))
    set -l found (_DEPECHE_COMPLETE=fish depeche (commandline -opc)[2..-1] "$current" 2>/dev/null)
    if set -q found[1]
        printf '%s\\n' $found
    else
        __fish_complete_path "$current"
    end
end
complete -c depeche -f -a '(__depeche_complete)'
""",
}
"""What each shell is to be told."""

_MOST = 200  # ids that are offered
_SPECIAL = re.compile(r"([^\w@%+=:,./-])")  # for bash
_PIECES = re.compile(
    r"""\s+ | (?: \\(?:.|$) | '[^']*(?:'|$) | "(?:\\.|[^"\\])*(?:"|$) | [^\s'"\\] )+""",
    re.VERBOSE,
)
_BREAKS = re.compile(r".*[:=@]")  # bash completes what follows one of these


class Offer(NamedTuple):
    """What may stand in the place of the last word, and what it means."""

    value: str
    meaning: str = ""


def complete(shell: str, args: Sequence[str], group: Any) -> int:
    """Print what may follow `args`, for a shell. Never fails: then there is nothing to offer."""
    words = _words(args[0]) if shell == "bash" and args else list(args) or [""]
    try:
        offers = [offer for offer in _offers(words, group) if offer.value.startswith(words[-1])]
    except Exception:  # no index, a damaged one: a Tab is no time to say so
        offers = []
    for offer in offers:
        if offer.value == safe(offer.value):  # what can steer a terminal is not put into it
            print(_line(shell, offer, args))
    return 0


def _line(shell: str, offer: Offer, args: Sequence[str]) -> str:
    if shell == "bash":
        typed = _last(args[0])
        if typed[:1] == "'":
            return offer.value.replace("'", "'\\''")
        if typed[:1] == '"':
            return re.sub(r'(["$`\\])', r"\\\1", offer.value)
        breaks = _BREAKS.match(typed)
        return _SPECIAL.sub(r"\\\1", offer.value)[breaks.end() if breaks else 0 :]
    if shell == "zsh":
        value = offer.value.replace("\\", "\\\\").replace(":", "\\:")
        return f"{value}:{offer.meaning}" if offer.meaning else value
    return f"{offer.value}\t{offer.meaning}" if offer.meaning else offer.value


def _words(line: str) -> list[str]:
    """The words of a command line as bash has it, after the name of the command."""
    from typer._click.shell_completion import split_arg_string

    words = split_arg_string(line)[1:]
    return words if _last(line) else [*words, ""]


def _last(line: str) -> str:
    """The last word as it was typed, with its quotes and backslashes; empty after a space."""
    pieces = _PIECES.findall(line)
    return "" if not pieces or pieces[-1].isspace() else str(pieces[-1])


def _offers(words: Sequence[str], group: Group) -> Iterable[Offer]:
    *before, current = words
    command, index = _command(before, group)
    usual = group.commands[group.USUAL]  # what has no command yet may become a search
    parameters: list[Any] = command.params if command else [*group.params, *usual.params]
    options = {name: each for each in parameters for name in each.opts if name.startswith("-")}
    name, equals, _value = current.partition("=")
    if equals and name in options:
        return [Offer(f"{name}={value}") for value in _values(options[name], index)]
    last = options.get(before[-1]) if before else None
    if last and not last.is_flag:
        return map(Offer, _values(last, index))
    if current.startswith("-"):
        return [Offer(name, _(option.help)) for name, option in options.items()]
    return _arguments(command.name if command else None, current, group, index)


def _command(before: Sequence[str], group: Group) -> tuple[Any, str | None]:
    """The command among the words, if there is one yet, and the place named by `--index`."""
    index = None
    for number, word in enumerate(before):
        if word.startswith("--index"):
            index = word.partition("=")[2] or "".join(before[number + 1 : number + 2])
    args = group.with_command(before)
    named = next((arg for arg in args if arg in group.commands), None)
    return group.commands.get(named or ""), index


def _arguments(
    command: str | None, current: str, group: Group, index: str | None
) -> Iterable[Offer]:
    """What may follow that is no option."""
    if current.lower().startswith("source:") and command in (None, "search", "tui"):
        field = current[: len("source:")]
        return [Offer(field + source) for source in _sources(index)]
    commands = [
        Offer(name, explanation(each).split("\n")[0])
        for name, each in group.commands.items()
        if not each.hidden
    ]
    match command:
        case None:
            return commands
        case "help":
            return [*commands, Offer("query", _("how queries are written"))]
        case "completion":
            return map(Offer, SCRIPTS)
        case "show" | "diff":
            return map(Offer, ids_at(index, current, _MOST))
    return ()


def _values(option: Any, index: str | None) -> Iterable[str]:
    """What an option takes; nothing where it is a file: the shell offers those."""
    if option.name == "source":
        return _sources(index)
    return get_args(option.type_descriptor.annotation) if option.type_descriptor.is_choice else ()


def _sources(index: str | None) -> list[str]:
    with closing(archive_at(index)) as archive:
        return [count.value for count in archive.status().sources]
