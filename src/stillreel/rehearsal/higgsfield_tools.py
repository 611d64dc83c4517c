"""The tools that Higgsfield's MCP server lists, as far as they are served here.

Their schemas are not published: names and fields are those that other clients were seen to use.
"""

from __future__ import annotations

from typing import Any


def _tool(name: str, about: str, needed: tuple[str, ...], **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON schemas
    schema = {
        "type": "object",
        "properties": fields,
        "required": list(needed),
        "additionalProperties": False,
    }
    return {"name": name, "description": about, "inputSchema": schema}


_TEXT, _WHOLE = {"type": "string"}, {"type": "integer"}
_MEDIA = {
    "type": "object",
    "properties": {
        "role": {"type": "string", "enum": ["image_references", "start_image", "end_image"]},
        "value": _TEXT,
    },
    "required": ["role", "value"],
}
_FILM = {
    "type": "object",
    "properties": {
        "model": _TEXT,
        "prompt": _TEXT,
        "aspect_ratio": _TEXT,
        "duration": _WHOLE,
        "count": _WHOLE,
        "medias": {"type": "array", "items": _MEDIA},
        "declined_preset_id": _TEXT,
        "get_cost": {"type": "boolean"},
    },
    "required": ["model", "prompt"],
    # A model may take more, such as a resolution.
    "additionalProperties": True,
}

TOOLS = [
    _tool("generate_video", "Makes a clip.", ("params",), params=_FILM),
    _tool("job_status", "Tells how a job stands.", ("jobId",), jobId=_TEXT),
    _tool(
        "media_upload",
        "Tells a place to put a file.",
        ("filename", "content_type"),
        filename=_TEXT,
        content_type=_TEXT,
        method={"type": "string", "enum": ["upload_url"]},
    ),
    _tool(
        "media_confirm",
        "Takes a file that was put in its place.",
        ("type", "media_id"),
        type=_TEXT,
        media_id=_TEXT,
    ),
]
