"""The houses that language models live in, each by its vendor's own client, which never retries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model

HOUSES = {
    "anthropic": "Anthropic",
    "openai": "OpenAI",
    "google": "Google",
    "compatible": "The language model",
}
"""How a model is spoken to, and what messages call who answers."""
KEYLESS = "no-key"
"""What is sent as the key to an endpoint that takes none."""


def model_of(
    house: str, model: str, *, secret: str, base: str, timeout: float, client: httpx2.AsyncClient
) -> Model:
    """Return a model of pydantic-ai that sends one request for each ask.

    Args:
        house: one of `HOUSES`.
        model: the vendor's id of it.
        secret: the key.
        base: the vendor's address.
        timeout: seconds after which a call is given up.
        client: carries the requests; it must not retry either.
    """
    if house == "anthropic":
        from anthropic import AsyncAnthropic
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        spoken = AsyncAnthropic(
            api_key=secret, base_url=base, timeout=timeout, max_retries=0, http_client=client
        )
        return AnthropicModel(model, provider=AnthropicProvider(anthropic_client=spoken))
    if house == "google":
        from google.genai.types import HttpRetryOptions
        from pydantic_ai.models.google import GoogleModel
        from pydantic_ai.providers.google import GoogleProvider

        once = HttpRetryOptions(attempts=1)
        return GoogleModel(
            model,
            provider=GoogleProvider(
                api_key=secret, base_url=base, http_client=client, retry_options=once
            ),
        )
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    told = AsyncOpenAI(
        api_key=secret, base_url=base, timeout=timeout, max_retries=0, http_client=client
    )
    return OpenAIChatModel(model, provider=OpenAIProvider(openai_client=told))
