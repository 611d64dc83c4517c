"""One ask as one request of pydantic-ai, its answer as bytes, and what went wrong told truly."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import httpx2

from stillreel.errors import Refused
from stillreel.providers.carrier import reason
from stillreel.providers.connect import NEVER_LEFT
from stillreel.providers.reply import UNTOLD, Reply

if TYPE_CHECKING:
    from pydantic_ai.exceptions import ModelHTTPError
    from pydantic_ai.messages import ModelResponse
    from pydantic_ai.models import Model, ModelRequestParameters

    from stillreel.errors import ProviderError
    from stillreel.providers.words import Words

_ANSWER = "answer"
_TOLD = "Hands over the answer."
_BY_TOOL = f"Answer with one call of the tool `{_ANSWER}` and nothing else."


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent, whatever it is for."""

    subject: str
    instructions: str
    prompt: str
    schema: str
    """JSON Schema of the answer, as text."""
    tokens_max: int
    pictures: tuple[bytes, ...] = ()
    """PNG bytes, shown before the words."""


class Once:
    """Lets one request of a client out, and stops a second one before it leaves."""

    def __init__(self) -> None:
        """Start with none sent."""
        self.sent = 0

    async def watch(self, request: httpx2.Request) -> None:
        """Count a request that is about to leave.

        Raises:
            httpx2.RequestError: it is the second.
        """
        if self.sent:
            raise httpx2.RequestError("a second request was stopped here", request=request)
        self.sent += 1


async def post(model: Model, letter: Letter) -> ModelResponse:
    """Make the one request of a letter."""
    from pydantic_ai.direct import model_request
    from pydantic_ai.messages import BinaryContent, ModelRequest, UserContent, UserPromptPart
    from pydantic_ai.settings import ModelSettings

    shown: list[UserContent] = [
        BinaryContent(one, media_type="image/png") for one in letter.pictures
    ]
    form, by_tool = _form(model, letter.schema)
    told = f"{letter.instructions}\n{_BY_TOOL}".strip() if by_tool else letter.instructions
    request = ModelRequest(
        parts=[UserPromptPart([*shown, letter.prompt])], instructions=told or None
    )
    return await model_request(
        model,
        [request],
        model_settings=ModelSettings(max_tokens=letter.tokens_max),
        model_request_parameters=form,
    )


def said(response: ModelResponse) -> bytes:
    """Return what a model answered as JSON bytes; words that are no JSON become one JSON text."""
    from pydantic_ai.messages import TextPart, ToolCallPart

    called = [part for part in response.parts if isinstance(part, ToolCallPart)]
    if called:
        text = called[0].args_as_json_str()
    else:
        spoken = [part.content for part in response.parts if isinstance(part, TextPart)]
        text = _bare("".join(spoken))
    try:
        json.loads(text)
    except ValueError:
        text = json.dumps(text, ensure_ascii=False)
    return text.encode()


def trouble(error: Exception, once: Once, words: Words, where: str) -> ProviderError:
    """Return what an exception of pydantic-ai means for the money."""
    from pydantic_ai.exceptions import ModelHTTPError, UserError

    if isinstance(error, ModelHTTPError):
        return _refused(error, words, where)
    kinds = {type(one) for one in _chain(error)}
    if isinstance(error, UserError) and not once.sent:
        told = words.clean(f"The ask cannot be put to this model: {error}")
        step = "Name another model in film.toml."
        return Refused(told, where=where, next_step=step, failure="invalid")
    if not once.sent or any(issubclass(kind, NEVER_LEFT) for kind in kinds):
        return words.failed(f"cannot be reached ({reason(error)})", where, "no")
    return words.lost(f"gave no answer that can be read ({reason(error)})", where)


def _refused(error: ModelHTTPError, words: Words, where: str) -> ProviderError:
    from pydantic_ai.exceptions import ModelOverloadedError, ModelQuotaExceededError

    held: object = error.body
    table: dict[str, object] = {"message": str(held)}
    if isinstance(held, dict):
        table = cast("dict[str, object]", held)
    if "error" not in table and "message" in table:
        # Some clients hand over what stands under `error`, without the word.
        table = {"error": table}
    after = getattr(error, "retry_after", None)
    reply = Reply(error.status_code, table, "", _seconds(after))
    if isinstance(error, ModelQuotaExceededError):
        told = words.clean(f"There is no credit left: {reply.told}.")
        return Refused(told, where=where, next_step="Add credit.", failure="account")
    if isinstance(error, ModelOverloadedError):
        # Turned away at the door: the houses say that nothing has begun.
        return words.refused(Reply(429, table, "", reply.after), where)
    if 400 <= reply.status < 500 and reply.status not in UNTOLD:
        return words.refused(reply, where)
    return words.lost(f"answered {reply.told}", where)


def _form(model: Model, schema: str) -> tuple[ModelRequestParameters, bool]:
    """Ask for JSON by the vendor's own means: as an answer of that form, or as the call of a tool.

    One house counts optional keys and unions when it holds answers to a form, and refuses more than
    a few: there the answer comes as a tool call, which is only told the form.

    Returns:
        What to ask with, and whether the answer is to be a tool call.
    """
    from pydantic_ai.models import ModelRequestParameters
    from pydantic_ai.output import OutputObjectDefinition
    from pydantic_ai.tools import ToolDefinition

    form: dict[str, Any] = json.loads(schema)
    if model.system != "anthropic" and model.profile.get("supports_json_schema_output", False):
        answer = OutputObjectDefinition(form, name=_ANSWER, description=_TOLD)
        return ModelRequestParameters(output_mode="native", output_object=answer), False
    tool = ToolDefinition(
        name=_ANSWER, parameters_json_schema=form, description=_TOLD, kind="output"
    )
    asked = ModelRequestParameters(output_mode="tool", output_tools=[tool], allow_text_output=False)
    return asked, True


def _bare(text: str) -> str:
    """Return a text without the fence that models put around JSON."""
    text = text.strip()
    if text.startswith("```") and text.endswith("```"):
        return text.removesuffix("```").partition("\n")[2].strip()
    return text


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _seconds(told: object) -> float:
    total = getattr(told, "total_seconds", None)
    return float(total() if total else told or 0.0)  # pyright: ignore[reportArgumentType]
