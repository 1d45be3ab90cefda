"""How commands end and speak: 0 done, 1 refused, 2 wrong usage; progress on a terminal only."""

import sys
from typing import IO, Any

import click


class RefusedError(click.ClickException):
    """The command cannot be carried out; the message is the one sentence that says why."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence alone on standard error."""
        click.echo(self.format_message(), file=file, err=file is None)


def say_progress(sentence: str) -> None:
    """Say on a terminal what is being done; stay silent where the output is kept."""
    if sys.stderr.isatty():
        click.echo(sentence, err=True)
