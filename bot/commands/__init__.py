"""The command `tryggve`: one sub-command for each thing an administrator or editor does.

Exit codes: 0 done, 1 refused or faults found, 2 wrong usage, 130 interrupted by Ctrl-C.

Only the chosen command's module is imported: the web server, the SDK and the database together
take over a second to load, and `tryggve run` would pay for them twice.
"""

import argparse
import gc
import logging
import os
import sys
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

from bot import terminal
from bot.commands.endings import ending
from bot.commands.swedish_parser import SwedishParser
from dialogs.conversation.texts import text, texts


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    terminal.set_up()
    return ending(partial(_carry_out, arguments))


def _carry_out(arguments: list[str] | None) -> int:
    chosen = _parser().parse_args(arguments)
    # Must be said before numpy loads. The engine's matrices are small, and every further thread
    # of the linear algebra would keep some 7 MB for itself.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    module, _, function = chosen.run.partition(":")
    carry_out = getattr(_loaded(module), function)
    _silence_logs()
    return int(carry_out(chosen))


def _loaded(module: str) -> ModuleType:
    """Nothing that is loaded is ever given back: looking for it would take a tenth of the time."""
    gc.disable()
    try:
        return import_module(module)
    finally:
        gc.freeze()
        gc.enable()


def _parser() -> SwedishParser:
    about, more = text("commands.description"), text("usage.ending")
    parser = SwedishParser(prog="tryggve", description=about, epilog=more)
    commands = _subcommands(parser)
    _add_serving(commands)
    _add_sender(commands)
    _add_knowledge(commands)
    _add_trainings(commands)
    _add_administration(commands)
    _add_access(commands)
    _add_backups(commands)
    _add_privacy(commands)
    return parser


def _silence_logs() -> None:
    """A command says in Swedish what the log would say in English. Who serves sets the log up."""
    if structlog := sys.modules.get("structlog"):
        nothing = structlog.make_filtering_bound_logger(logging.CRITICAL)
        structlog.configure(wrapper_class=nothing)


Subcommands = argparse._SubParsersAction


def _subcommands(parser: SwedishParser, *, required: bool = True) -> "Subcommands[SwedishParser]":
    return parser.add_subparsers(
        title=text("commands.commands"),
        metavar=text("commands.command"),
        required=required,
        dest="command",
        parser_class=SwedishParser,
    )


def _command(
    commands: "Subcommands[SwedishParser]", name: str, run: str, about: str = ""
) -> SwedishParser:
    """Add a command that is carried out by `module:function`."""
    explained = text(f"commands.{about or name}")
    examples = _examples(about or name) if run else None
    parser = commands.add_parser(name, help=explained, description=explained, epilog=examples)
    parser.set_defaults(run=run)
    return parser


def _examples(of: str) -> str:
    return "\n  ".join([text("usage.heading"), *texts(f"usage.example.{of}")])


def _add_serving(commands: "Subcommands[SwedishParser]") -> None:
    serve = _command(commands, "serve", "bot.commands.serve:serve")
    serve.add_argument("--demo", action="store_true", help=text("commands.serve_demo"))
    serve.add_argument("--host", help=text("commands.serve_host"))
    serve.add_argument("--port", type=int, help=text("commands.serve_port"))
    serve.add_argument("--no-sender", action="store_true", help=text("commands.serve_no_sender"))
    _command(commands, "work", "bot.commands.serve:work")
    run = _command(commands, "run", "bot.commands.run:run_command")
    run.add_argument("--port", type=int, default=3978, help=text("commands.serve_port"))


def _add_sender(commands: "Subcommands[SwedishParser]") -> None:
    inside = _subcommands(_command(commands, "sender", ""))
    status = _command(inside, "status", "bot.commands.sender:status", "sender_status")
    status.add_argument("--json", action="store_true", help=text("commands.as_json"))
    pause = _command(inside, "pause", "bot.commands.sender:pause", "sender_pause")
    resume = _command(inside, "resume", "bot.commands.sender:resume", "sender_resume")
    for command in (pause, resume):
        one = text("commands.sender_one")
        command.add_argument("--announcement", type=int, help=one)
    retry = _command(inside, "retry", "bot.commands.sender:retry", "sender_retry")
    which = text("commands.sender_which")
    retry.add_argument("--announcement", type=int, required=True, help=which)


def _add_knowledge(commands: "Subcommands[SwedishParser]") -> None:
    ask = _command(commands, "ask", "bot.commands.knowledge:ask")
    question = text("commands.question")
    ask.add_argument("question", metavar=question, help=text("commands.ask_question"))
    ask.add_argument("--json", action="store_true", help=text("commands.as_json"))
    _add_understanding(commands)
    inside = _subcommands(_command(commands, "knowledge", ""))
    check = _command(inside, "check", "bot.commands.knowledge:check", "knowledge_check")
    laws = text("commands.check_laws")
    check.add_argument("--laws", type=Path, help=laws)
    check.add_argument("--content", type=Path, help=text("commands.laws_content"))
    _add_curation(inside)
    _add_evaluation(inside)


def _add_understanding(commands: "Subcommands[SwedishParser]") -> None:
    wish = _command(commands, "understand", "bot.commands.understand:understand")
    said = text("commands.message")
    wish.add_argument("said", nargs="?", metavar=said, help=text("commands.understand_said"))
    screens = ["", "list", "announcement", "answer"]
    context = text("commands.understand_context")
    wish.add_argument("--context", choices=screens, default="", help=context)
    wish.add_argument("--json", action="store_true", help=text("commands.as_json"))
    today = text("commands.understand_today")
    wish.add_argument("--today", type=date.fromisoformat, help=today)
    every = text("commands.understand_commands")
    wish.add_argument("--commands", action="store_true", help=every)


def _add_evaluation(inside: "Subcommands[SwedishParser]") -> None:
    evaluate = _command(inside, "evaluate", "bot.commands.evaluate:measure", "knowledge_evaluate")
    evaluate.add_argument("--corpus", type=Path, help=text("commands.corpus"))
    evaluate.add_argument("--queries", type=Path, help=text("commands.queries"))
    evaluate.add_argument("--json", action="store_true", help=text("commands.as_json"))
    evaluate.add_argument("--baseline", action="store_true", help=text("commands.baseline"))
    evaluate.add_argument("--scale", action="store_true", help=text("commands.scale"))
    evaluate.add_argument("--embeddings", action="store_true", help=text("commands.embeddings"))
    pairs = text("commands.confusions")
    evaluate.add_argument("--confusions", type=int, default=0, help=pairs)
    evaluate.set_defaults(complain=evaluate.error)


def _add_curation(inside: "Subcommands[SwedishParser]") -> None:
    due = _command(inside, "due", "bot.commands.curation:due", "knowledge_due")
    due.add_argument("--within", type=int, default=30, help=text("commands.due_within"))
    gaps = _command(inside, "gaps", "bot.commands.curation:gaps", "knowledge_gaps")
    gaps.add_argument("--most", type=int, default=10, help=text("commands.gaps_most"))
    _add_laws(inside)
    trying = _command(inside, "try", "bot.commands.try_out:try_out", "knowledge_try")
    trying.add_argument("--content", type=Path, help=text("commands.try_content"))
    trying.add_argument("--regression", type=Path, help=text("commands.try_regression"))


def _add_laws(inside: "Subcommands[SwedishParser]") -> None:
    laws = _command(inside, "laws", "bot.commands.laws:laws", "knowledge_laws")
    laws.add_argument("--fetch", action="store_true", help=text("commands.laws_fetch"))
    folder = text("commands.laws_from")
    laws.add_argument("--from", type=Path, dest="folder", help=folder)
    reviewed = text("commands.laws_reviewed")
    laws.add_argument("--reviewed", nargs="*", help=reviewed)
    laws.add_argument("--content", type=Path, help=text("commands.laws_content"))


def _add_trainings(commands: "Subcommands[SwedishParser]") -> None:
    inside = _subcommands(_command(commands, "trainings", ""))
    _command(inside, "list", "bot.commands.trainings:list_trainings", "trainings_list")
    export = _command(inside, "export", "bot.commands.trainings:export", "trainings_export")
    which = text("commands.trainings_which")
    export.add_argument("--training", type=int, help=which)
    out = text("commands.trainings_out")
    export.add_argument("--out", type=Path, required=True, help=out)
    run = "bot.commands.training_lists:import_list"
    taken = _command(inside, "import", run, "trainings_import")
    taken.add_argument("file", type=Path, metavar="FIL", help=text("commands.trainings_file"))
    taken.add_argument("--county", help=text("commands.trainings_county"))
    taken.add_argument("--apply", action="store_true", help=text("commands.trainings_apply"))
    taken.add_argument("--publish", action="store_true", help=text("commands.trainings_publish"))
    run = "bot.commands.training_figures:figures"
    figures = _command(inside, "figures", run, "trainings_figures")
    figures.add_argument("--year", type=int, help=text("commands.trainings_year"))
    figures.add_argument("--county", help=text("commands.trainings_of_county"))
    figures.add_argument("--out", type=Path, help=text("commands.trainings_figures_out"))


def _add_administration(commands: "Subcommands[SwedishParser]") -> None:
    _command(commands, "migrate", "bot.commands.administration:migrate_database")
    seed = _command(commands, "seed", "bot.commands.administration:seed")
    seed.add_argument("--demo", action="store_true", help=text("commands.seed_demo"))
    package = _command(commands, "package", "bot.commands.package:package")
    package.add_argument("--demo", action="store_true", help=text("commands.serve_demo"))
    package.add_argument("--out", type=Path, default="dist", help=text("commands.package_out"))
    doctor = _command(commands, "doctor", "bot.commands.doctor.examine:examine")
    doctor.add_argument("--demo", action="store_true", help=text("commands.serve_demo"))
    doctor.add_argument("--offline", action="store_true", help=text("commands.doctor_offline"))
    doctor.add_argument("--json", action="store_true", help=text("commands.as_json"))
    doctor.add_argument("--env-file", type=Path, help=text("commands.doctor_env"))
    first = _command(commands, "try-teams", "bot.commands.try_teams.walk:try_teams", "try_teams")
    first.add_argument("--wait", type=int, help=text("commands.try_teams_wait"))


def _add_backups(commands: "Subcommands[SwedishParser]") -> None:
    backup = _command(commands, "backup", "bot.commands.backups.backup:backup")
    backup.add_argument("--out", type=Path, help=text("commands.backup_out"))
    backup.add_argument("--keep", type=int, help=text("commands.backup_keep"))
    restore = _command(commands, "restore", "bot.commands.backups.restore:restore")
    restore.add_argument("file", type=Path, metavar="FIL", help=text("commands.restore_file"))
    restore.add_argument("--yes", action="store_true", help=text("commands.restore_yes"))


def _add_privacy(commands: "Subcommands[SwedishParser]") -> None:
    retention = _command(commands, "retention", "bot.commands.privacy.retention:show")
    retention.add_argument("--dry-run", action="store_true", help=text("commands.dry_run"))
    inside = _subcommands(retention, required=False)
    _command(inside, "purge", "bot.commands.privacy.retention:purge", "retention_purge")
    hold = _command(inside, "hold", "bot.commands.privacy.retention:hold", "retention_hold")
    reason = text("commands.retention_reason")
    hold.add_argument("--reason", required=True, help=reason)
    release = _command(
        inside, "release", "bot.commands.privacy.retention:release", "retention_release"
    )
    one = _subcommands(_command(commands, "person", ""))
    show = _command(one, "show", "bot.commands.privacy.person:show", "person_show")
    export = _command(one, "export", "bot.commands.privacy.person:export", "person_export")
    out = text("commands.person_out")
    export.add_argument("--out", type=Path, required=True, help=out)
    erase = _command(one, "erase", "bot.commands.privacy.person:erase", "person_erase")
    erase.add_argument("--yes", action="store_true", help=text("commands.person_yes"))
    for command in (hold, release, show, export, erase):
        command.add_argument("--tenant", required=True, help=text("commands.person_tenant"))
        command.add_argument("--user", required=True, help=text("commands.person_user"))


def _add_access(commands: "Subcommands[SwedishParser]") -> None:
    grant = _command(commands, "grant", "bot.commands.access.roles:grant")
    grant.add_argument("--tenant", required=True, help=text("commands.grant_tenant"))
    grant.add_argument("--user", required=True, help=text("commands.grant_user"))
    grant.add_argument("--county", required=True, help=text("commands.grant_county"))
    grant.add_argument("--revoke", action="store_true", help=text("commands.grant_revoke"))
    roles = _subcommands(_command(commands, "roles", ""))
    everybody = _command(roles, "list", "bot.commands.access.roles:list_roles", "roles_list")
    everybody.add_argument("--county", help=text("commands.grant_county"))
    everybody.add_argument("--json", action="store_true", help=text("commands.as_json"))
    tenants = _subcommands(_command(commands, "tenants", ""))
    add = _command(tenants, "add", "bot.commands.access.tenants:add", "tenants_add")
    add.add_argument("--place", required=True, help=text("commands.tenants_place"))
    out = "bot.commands.access.tenants"
    suspend = _command(tenants, "suspend", f"{out}:suspend", "tenants_suspend")
    remove = _command(tenants, "remove", f"{out}:remove", "tenants_remove")
    export = _command(tenants, "export", "bot.commands.privacy.everybody:export", "tenants_export")
    out_help = text("commands.person_out")
    export.add_argument("--out", type=Path, required=True, help=out_help)
    erase = _command(tenants, "erase", "bot.commands.privacy.everybody:erase", "tenants_erase")
    erase.add_argument("--yes", action="store_true", help=text("commands.person_yes"))
    for one in (add, suspend, remove, export, erase):
        one.add_argument("--tenant", required=True, help=text("commands.tenants_tenant"))
    listed = _command(tenants, "list", "bot.commands.access.tenants:list_tenants", "tenants_list")
    listed.add_argument("--json", action="store_true", help=text("commands.as_json"))
    audit = _command(commands, "audit", "bot.commands.access.audit:audit")
    since = text("commands.audit_since")
    audit.add_argument("--since", type=date.fromisoformat, help=since)
    audit.add_argument("--county", help=text("commands.grant_county"))
    audit.add_argument("--kind", help=text("commands.audit_kind"))
    audit.add_argument("--most", type=int, default=100, help=text("commands.audit_most"))
    audit.add_argument("--json", action="store_true", help=text("commands.audit_json"))
