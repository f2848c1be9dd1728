"""How a command ends when it does not end well: an exit code, and one line in Swedish.

What has no name here is a bug and keeps its traceback.
"""

import errno
import os
import sys
from collections.abc import Callable

from bot.terminal import Refusal, give_up_output, refuse
from dialogs.conversation.texts import text

INTERRUPTED = 130
"""What shells expect after Ctrl-C."""

_SYSTEM = {
    errno.EACCES: "system.denied",
    errno.EPERM: "system.denied",
    errno.ENOSPC: "system.full",
    errno.EDQUOT: "system.full",
    errno.EROFS: "system.read_only",
    errno.ENOENT: "system.missing",
    errno.ENOTDIR: "system.wrong_kind",
    errno.EISDIR: "system.wrong_kind",
    errno.EEXIST: "system.wrong_kind",
}


def ending(command: Callable[[], int]) -> int:
    """Run the command. Returns the exit code, whatever happens to it."""
    try:
        code = command()
        say_nothing_more()
        return code
    except Refusal as refusal:
        return refuse(text(refusal.key, **refusal.values))
    except KeyboardInterrupt:
        return refuse(text("system.interrupted"), INTERRUPTED)
    except BrokenPipeError:  # whoever read the output has seen enough: "| head"
        give_up_output()
        return 0
    except UnicodeDecodeError:
        return refuse(text("system.not_utf8"))
    except MemoryError:
        return refuse(text("system.no_memory"))
    except RuntimeError as error:
        if "start new thread" not in str(error):  # no memory for one, or no more are allowed
            raise
        return refuse(text("system.no_memory"))
    except OSError as error:
        give_up_output()
        return refuse(_told(error))


def say_nothing_more() -> None:
    """What is still in the buffer is written now, where a fault can be told."""
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()


def _told(error: OSError) -> str:
    path = error.filename if isinstance(error.filename, str) else text("system.output")
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return text(_SYSTEM.get(error.errno or 0, "system.other"), path=os.fspath(path), name=name)
