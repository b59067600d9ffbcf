"""`clew use`: remembers the server and the model, so that they need not be named each time."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ..core.errors import SettingsError
from ..core.wording import printable
from . import options as o


def use(
    url: Annotated[str | None, typer.Argument(metavar="URL", help="The server. Without it: what is set.")] = None,
    model: Annotated[str | None, o.option("model", "Its name there, or a model on this machine.", "MODEL")] = None,
    window: Annotated[int | None, o.option("window", "Tokens of prompt and reply together.", "N", 1)] = None,
) -> int:
    """Remember a server and a model for every command.

    They are written into the settings file; options and environment variables count more than it does.
    """
    from ..core.settings import read_settings, settings_file, write_settings
    from ..models.choose import parse_model, tells_secret

    if url is None and model is None and window is None:
        settings = read_settings()
        for name, value in settings.items():
            print(f"{name} = {printable(str(value))}")
        file = settings_file()
        print(f"clew: {file}" if settings else f"clew: nothing is set ({file})", file=sys.stderr)
        return 0
    for what, named in (("address", url), ("model", model)):
        if named is not None and not named.strip():
            hint = "clew use URL --model NAME; clew use alone tells what is set"
            raise SettingsError(f"the {what} of the server is empty", hint)
    if any(named and tells_secret(named) for named in (url, model)):
        raise SettingsError("an address with a password or a key in it is not written down", "put it into CLEW_API_KEY")
    parse_model(model, url)
    given = {"base_url": url, "model": model, "window": window}
    broken = _broken()
    path = write_settings({name: value for name, value in given.items() if value is not None})
    if broken:
        print(f"clew: {broken}: that is gone now", file=sys.stderr)
    print(f"clew: written to {path}; clew doctor tells whether it answers", file=sys.stderr)
    return 0


def _broken() -> str | None:
    """What is wrong with the settings file, which is about to be written anew."""
    from ..core.settings import read_settings

    try:
        read_settings()
    except SettingsError as error:
        return str(error)
    return None
