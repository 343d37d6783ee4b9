"""The command line: what may be typed, and how a command ends.

Start-up is a feature: this module imports Typer and nothing else that takes time; the
engine is imported by the command that needs it. Annotations are no strings here, which Typer
would have to evaluate one by one.
"""

import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TextIO

import typer

from ..wording.language import N_, _
from .arguments import Command, Group, WordsWithDashes, like_a_command, usage_error, wrong

if TYPE_CHECKING:
    from ..export import Format
    from .commands import Output

HELP_OPTIONS = ["-h", "--help"]

_HELP = N_(
    "Search and read a French news archive.\n"
    "\n"
    "  depeche index DIR                  make an index of the articles in a folder\n"
    '  depeche missiles "longue portée"   search it\n'
    "  depeche                            search and read in the terminal interface\n"
    "\n"
    "Until you have indexed articles of your own, a few samples are searched. A word that is the"
    " name of a command is searched for after `--`: depeche -- index."
)

_SEARCH_HELP = N_(
    "Find articles: all the words, then most of them.\n"
    "\n"
    '  "longue portée"      these words in a row\n'
    "  approvision*  mot~   words that begin so; that differ by a letter\n"
    "  ET OU SAUF  -word    also AND OR NOT, and parentheses\n"
    '  titre:Kiev  source:CNN  auteur:Bertrand  date:2024-11  date:"12 mars 2023"\n'
    "\n"
    "All of it: depeche help query\n"
    "\n"
    "Without QUERY, `--source` lists all of a source, newest first. Exit status: 0 found,"
    " 1 nothing found, 2 the query or the command is wrong, 3 no usable index."
)

_COMPLETION_HELP = N_(
    "Print what has a shell complete commands, options, sources and ids.\n"
    "\n"
    '  eval "$(depeche completion bash)"     in ~/.bashrc\n'
    '  eval "$(depeche completion zsh)"      in ~/.zshrc, after compinit\n'
    "  depeche completion fish | source      in ~/.config/fish/config.fish"
)

app = typer.Typer(
    cls=Group,
    add_completion=False,
    rich_markup_mode=None,  # plain help and errors, without importing Rich
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": HELP_OPTIONS},
    help=_HELP,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"depeche {version('depeche')}")
        raise typer.Exit


Index = Annotated[
    str | None,
    typer.Option(
        "--index",
        metavar=N_("DIR"),
        help=N_("Folder of the index, instead of DEPECHE_INDEX or the usual one."),
    ),
]
Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON object."))]
Csv = Annotated[bool, typer.Option("--csv", help=N_("Export to a spreadsheet."))]
Id = Annotated[
    str, typer.Argument(metavar=N_("ID"), show_default=False, help=N_("An id, or how it begins."))
]
Query = Annotated[list[str] | None, typer.Argument(metavar=N_("QUERY"), show_default=False)]
Source = Annotated[
    list[str] | None,
    typer.Option(metavar=N_("NAME"), help=N_("Only from this source; may be repeated.")),
]


Color = Annotated[
    Literal["auto", "always", "never"],
    typer.Option("--color", help=N_("Colour: on a terminal, always or never.")),
]


@app.callback(invoke_without_command=True)
def depeche(
    ctx: typer.Context,
    index: Index = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=N_("Print the version.")),
    ] = False,
) -> int | None:
    if ctx.invoked_subcommand:
        return None
    if _on_a_terminal():
        return _start_tui(index, "")
    print(ctx.get_help())
    return 0


@app.command("index", cls=Command, help=N_("Bring the index up to date with its folders, and DIR."))
def index_command(
    ctx: typer.Context,
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar=N_("DIR"), show_default=False, help=N_("Folders of articles to add.")
        ),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help=N_("Read every file again, into a new index."))
    ] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", help=N_("Go on: again whenever an article arrives or changes.")),
    ] = False,
    follow: Annotated[
        bool,
        typer.Option("--follow", help=N_("Follow links that lead out of a folder; they stay.")),
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help=N_("Forget what is not there, however much it is."))
    ] = False,
    forget: Annotated[
        list[Path] | None,
        typer.Option(
            "--forget",
            metavar=N_("DIR"),
            help=N_("Leave this folder out from now on; its files stay."),
        ),
    ] = None,
    json: Json = False,
    index: Index = None,
) -> int:
    from ..model import UpdateOptions
    from . import indexing

    command = indexing.watch if watch else indexing.index
    options = UpdateOptions(rebuild, prune, follow, tuple(forget or []))
    return command(_location(ctx, index), folders or [], options, json)


@app.command(cls=WordsWithDashes, help=_SEARCH_HELP)
def search(
    ctx: typer.Context,
    query: Query = None,
    source: Source = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "-n",
            min=0,
            metavar=N_("N"),
            show_default=False,
            help=N_("Articles to show (10, exported: all); 0 only counts."),
        ),
    ] = None,
    offset: Annotated[
        int,
        typer.Option(min=0, metavar=N_("N"), show_default=False, help=N_("Articles to pass over.")),
    ] = 0,
    sort: Annotated[
        Literal["relevance", "date", "title"], typer.Option(help=N_("Order of the articles."))
    ] = "relevance",
    color: Color = "auto",
    all: Annotated[
        bool, typer.Option("--all", help=N_("List every reprint of an article, not only one."))
    ] = False,
    json: Json = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help=N_("Print one JSON object an article."))
    ] = False,
    paths: Annotated[
        bool, typer.Option("--paths", help=N_("Print only the paths of files."))
    ] = False,
    null: Annotated[bool, typer.Option("-0", "--null", help=N_("Paths, ended by NUL."))] = False,
    csv: Csv = False,
    bom: Annotated[
        bool, typer.Option("--bom", help=N_("CSV with a byte order mark, for Excel."))
    ] = False,
    ris: Annotated[bool, typer.Option("--ris", help=N_("Export to Zotero or EndNote."))] = False,
    bibtex: Annotated[bool, typer.Option("--bibtex", help=N_("Export to LaTeX."))] = False,
    csl_json: Annotated[bool, typer.Option("--csl-json", help=N_("Export to pandoc."))] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help=N_("Export citations with passages."))
    ] = False,
    queries: Annotated[
        str | None,
        typer.Option(
            metavar=N_("FILE"), help=N_("Answer each line of FILE (- is standard input) as --json.")
        ),
    ] = None,
    index: Index = None,
) -> int:
    if not (query or source or queries):
        wrong(_("search for what? Give some words, or --source"), ctx)
    if queries and (query or jsonl or paths or null):
        wrong(_("--queries takes its words from FILE, and prints JSON only"), ctx)
    output = _output(ctx, json, jsonl, paths or null)
    formats: dict[Format, bool] = {
        "csv": csv or bom,
        "ris": ris,
        "bibtex": bibtex,
        "csl-json": csl_json,
        "markdown": markdown,
    }
    exported = [format for format, wanted in formats.items() if wanted]
    _only_one(ctx, exported, json or jsonl or paths or null)
    if queries and exported:
        wrong(_("--queries takes its words from FILE, and prints JSON only"), ctx)

    from ..model import PAGE, Request
    from . import commands
    from .failures import NOTHING
    from .output import note

    request = Request(
        " ".join(query or []),
        tuple(source or []),
        PAGE if limit is None else limit,
        offset,
        sort,
        duplicates=all,
    )
    if queries:
        return commands.search_all(_location(ctx, index), queries, request)
    if exported:
        from . import exporting

        return exporting.export(_location(ctx, index), request, limit, exported[0], bom)
    status = commands.search(_location(ctx, index), request, output, color, null)
    if status == NOTHING and (meant := like_a_command(ctx)):
        note(_("`depeche {command}` is a command: depeche help {command}").format(command=meant))
    return status


@app.command(
    cls=WordsWithDashes, help=N_("List every occurrence, the keyword in the middle (KWIC).")
)
def kwic(
    ctx: typer.Context,
    query: Annotated[list[str], typer.Argument(metavar=N_("QUERY"), show_default=False)],
    source: Source = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "-n",
            min=1,
            metavar=N_("N"),
            show_default=False,
            help=N_("Occurrences to list, instead of all."),
        ),
    ] = None,
    sort: Annotated[
        Literal["found", "left", "right", "date", "source"],
        typer.Option(help=N_("Order: by the words before or after it, for instance.")),
    ] = "found",
    color: Color = "auto",
    csv: Csv = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help=N_("Print one JSON object an occurrence."))
    ] = False,
    index: Index = None,
) -> int:
    chosen = [form for form, wanted in (("csv", csv), ("jsonl", jsonl)) if wanted]
    _only_one(ctx, chosen, printed=False)

    from ..model import Request
    from . import concordance

    request = Request(" ".join(query), tuple(source or []))
    form: Literal["text", "csv", "jsonl"] = "csv" if csv else "jsonl" if jsonl else "text"
    return concordance.kwic(_location(ctx, index), request, limit, sort, form, color)


@app.command(cls=Command, help=N_("Print a whole article."))
def show(
    ctx: typer.Context,
    id: Id,
    query: Annotated[
        str, typer.Option(metavar=N_("QUERY"), show_default=False, help=N_("Mark what it matches."))
    ] = "",
    color: Color = "auto",
    json: Json = False,
    index: Index = None,
) -> int:
    from . import commands

    return commands.show(_location(ctx, index), id, query, color, json)


@app.command(
    cls=Command,
    help=N_("Compare two articles word by word: what the second leaves out, and what it adds."),
)
def diff(
    ctx: typer.Context,
    one: Id,
    other: Annotated[
        str, typer.Argument(metavar=N_("ID"), show_default=False, help=N_("Another one."))
    ],
    color: Color = "auto",
    json: Json = False,
    index: Index = None,
) -> int:
    from . import comparing

    return comparing.diff(_location(ctx, index), one, other, color, json)


@app.command(cls=Command, help=N_("Print what the index holds."))
def status(
    ctx: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help=N_("Read all of it: is it what was written there?"))
    ] = False,
    color: Color = "auto",
    json: Json = False,
    index: Index = None,
) -> int:
    from . import commands

    return commands.status(_location(ctx, index), check, color, json)


@app.command(
    cls=WordsWithDashes,
    help=N_("Search and read in the terminal interface (also: `depeche` alone)."),
)
def tui(
    ctx: typer.Context,
    query: Query = None,
    index: Index = None,
) -> int:
    if not _on_a_terminal():
        wrong(_("the terminal interface needs a terminal, for input and for output"), ctx)
    return _start_tui(_location(ctx, index), " ".join(query or []))


@app.command("help", cls=Command, help=N_("Print help on a command, or on queries: help query."))
def help_command(
    ctx: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(metavar=N_("TOPIC"), show_default=False, help=N_("A command, or `query`.")),
    ] = None,
) -> int:
    root = ctx.find_root()
    if topic is None:
        print(root.get_help())
        return 0
    if topic in ("query", "requête", "requete"):
        from ..wording.syntax import query_page

        print(query_page(), end="")
        return 0
    command = root.command.get_command(root, topic)  # type: ignore[attr-defined]
    if command is None:
        wrong(_("no help on {topic}: it is no command, and not `query`").format(topic=topic), ctx)
    with command.make_context(topic, [], parent=root, resilient_parsing=True) as of_command:
        print(of_command.get_help())
    return 0


@app.command(cls=Command, help=_COMPLETION_HELP)
def completion(
    ctx: typer.Context,
    shell: Annotated[Literal["bash", "zsh", "fish"], typer.Argument(show_default=False)],
) -> int:
    from .completion import SCRIPTS

    print(SCRIPTS[shell], end="")
    return 0


def main(args: Sequence[str] | None = None) -> int:
    """Run the command in `args`, or of the process; the exit status. Raises nothing."""
    _mend_streams()
    failure: BaseException | None = None
    status = 0
    try:
        status = _run(sys.argv[1:] if args is None else args)
    except BaseException as error:
        failure = error
    failure = _flushed() or failure
    if args is None:
        gc.freeze()  # the process ends: no need to look through all it holds for garbage
    if failure is None or isinstance(failure, BrokenPipeError):
        return status  # a broken pipe, as in `| head -1`: the reader has had enough
    lines, status = _explained(failure)
    for line in lines:
        _complain(line)
    return status


def _run(args: Sequence[str]) -> int:
    command = typer.main.get_command(app)
    if shell := os.environ.get("_DEPECHE_COMPLETE"):
        from .completion import complete

        return complete(shell, args, command)
    try:
        with command.make_context("depeche", list(args)) as ctx:
            return command.invoke(ctx) or 0
    except typer.Exit as exit:
        return exit.exit_code


def _explained(error: BaseException) -> tuple[list[str], int]:
    """What to say about `error`, and the exit status."""
    if isinstance(error, typer.Abort):
        error = KeyboardInterrupt()
    if isinstance(error, typer.TyperException):
        return usage_error(error), error.exit_code
    from .failures import explained

    line, status = explained(error)
    return [line], status


def _output(ctx: typer.Context, json: bool, jsonl: bool, paths: bool) -> "Output":
    """The form that was chosen; a usage error when it is more than one."""
    from .commands import Output

    chosen = {Output.JSON: json, Output.JSONL: jsonl, Output.PATHS: paths}
    forms = [output for output, wanted in chosen.items() if wanted]
    if len(forms) > 1:
        wrong(_("of --json, --jsonl and --paths there can only be one"), ctx)
    return forms[0] if forms else Output.TEXT


def _only_one(ctx: typer.Context, formats: Sequence[str], printed: bool) -> None:
    """A usage error where more than one format was chosen, or another output beside it."""
    if len(formats) + printed > 1:
        names = ", ".join(f"--{format}" for format in formats)
        wrong(_("{names}: there can only be one kind of output").format(names=names), ctx)


def _location(ctx: typer.Context, named: str | None) -> str | None:
    """The place named by --index, after the command or before it."""
    before: str | None = ctx.find_root().params.get("index")
    return named or before


def _on_a_terminal() -> bool:
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout.isatty())


def _start_tui(location: str | None, query: str) -> int:
    try:
        from tui.app import run
    except ImportError as error:
        _complain(_("the terminal interface cannot start: {error}").format(error=error))
        return 2
    return run(location, query)


def _complain(message: str) -> None:
    """One line on standard error, whatever is in it and whether or not anybody listens."""
    from ..wording.safe import safe

    try:
        print(f"depeche: {safe(message)}", file=sys.stderr, flush=True)
    except OSError:
        _to_nowhere(sys.stderr)


def _mend_streams() -> None:
    """Make the standard streams able to take any text; a closed one takes it nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller, as with `>&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _flushed() -> BaseException | None:
    """Write out what is left of standard output; what cannot be is forgotten."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _to_nowhere(sys.stdout)
        return error
    return None


def _to_nowhere(stream: TextIO) -> None:
    """Keep Python from trying again, and complaining, when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
