"""export: the film as other programs want it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from stillreel.cli import show
from stillreel.cli.env import new_key_told, signs
from stillreel.production.folder import Folder

Json = Annotated[bool, Parameter(name="--json", negative="")]
Format = Literal["otio", "otioz", "fcpxml", "fcp7", "edl", "srt", "stills"]


def export(
    directory: Path,
    *,
    as_: Annotated[Format, Parameter(name="--as")],
    as_json: Json = False,
) -> int:
    """Write the cut as a timeline or as subtitles, or every plate and panel, into out/.

    Args:
        directory: the project folder.
        as_: otio, otioz (with media), fcpxml, fcp7, edl or srt; stills lays plates and panels into
            out/stills, signed like everything that leaves.
        as_json: answer as JSON.
    """
    from stillreel.production import deliver

    folder = Folder(directory)
    if as_ == "stills":
        keys = signs()
        with new_key_told(keys):
            files = deliver.export_stills(folder, keys)
    else:
        files = deliver.export(folder, as_)
    if as_json:
        show.document({"format_name": as_, "files": [str(file) for file in files]})
    else:
        show.lines(str(file) for file in files)
    return 0
