"""Higgsfield by MCP: tools understood by their schemas, one paid call, a sign-in that is kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

pytest.importorskip("mcp")

from mcp.server.mcpserver.exceptions import ToolError

from guild import Guild
from rehearsed import SECRET, clip_ask, rig
from stillreel.errors import Busy, Lost, ProviderError, Refused
from stillreel.providers import conformance
from stillreel.providers.seam import Job, Unsure
from stillreel.rehearsal.stage import Conditions
from stillreel.shelf.higgsfield_mcp import shape, sign_in
from stillreel.shelf.higgsfield_mcp.drawer import COMMAND, Drawer, Kept
from stillreel.shelf.higgsfield_mcp.line import Line
from stillreel.shelf.higgsfield_mcp.platform import HiggsfieldMcp
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.providers.rig import Rig

PRICE = 'prices = [{ usd = "0.40", per = "second" }]'


def bench(folder: Path, ask: Any) -> Rig:
    full = Conditions(accept=(0.0, 0.0), slots=20)
    return rig(HiggsfieldMcp, folder, ask, offers=PRICE, conditions=full, patience=0.5)


@pytest.mark.parametrize("check", conformance.checks(HiggsfieldMcp().offer), ids=conformance.name)
def test_it_keeps_the_promises_of_the_seam(check: Any, tmp_path: Path) -> None:
    asyncio.run(check(bench(tmp_path, clip_ask(tmp_path))))


@pytest.mark.parametrize("check", conformance.checks(HiggsfieldMcp().offer), ids=conformance.name)
def test_it_keeps_them_with_frames(check: Any, tmp_path: Path) -> None:
    asyncio.run(check(bench(tmp_path, clip_ask(tmp_path, "frames"))))


ID = "0b5a1f2e-1111-4222-8333-444455556666"
SUBMITTED = f'Submitted 1 job to seedance_2_0.\n- {ID} "Mara turns"'
"""As the vendor's server was seen to answer, in words alone."""


def browser(address: str) -> None:
    """Go where a person's browser would go, and let everything happen."""

    async def gone() -> None:
        async with httpx2.AsyncClient(follow_redirects=True) as client:
            await client.get(address)

    _gone.append(asyncio.get_running_loop().create_task(gone()))


_gone: list[asyncio.Task[None]] = []


def test_a_person_signs_in_once_and_what_has_run_out_is_renewed_without_a_browser(
    tmp_path: Path,
) -> None:
    environment = {"XDG_CONFIG_HOME": str(tmp_path / "settings")}
    guild = Guild(good_for=1)
    guild.answers["job_status"] = f"Job {ID} — in_progress"

    async def tried() -> None:
        async with guild.open():
            environment["STILLREEL_HIGGSFIELD_MCP_BASE_URL"] = guild.url
            drawer = Drawer(environment)
            tools = await sign_in.sign_in(guild.url, drawer, browser)
            assert "generate_video" in tools
            kept = drawer.read()
            assert drawer.file is not None
            assert drawer.file.stat().st_mode & 0o777 == 0o600
            made = HiggsfieldMcp(environment=environment)
            assert str(made.key()) == f"your sign-in (...{kept.access[-4:]})"
            # A token that has run out, and that the server has forgotten as well.
            drawer.write(kept.model_copy(update={"expires_at": 1.0}))
            guild.porter.tokens.clear()
            job = Job(made.id, "tag-1", ID, "queued", handle="4.80")
            assert (await made.poll(job)).state == "running"
            assert drawer.read().access != kept.access
            # Nothing is left to renew it with: a person must come again, and is told so.
            guild.porter.tokens.clear()
            guild.porter.renewals.clear()
            with pytest.raises(ProviderError, match=r"run out") as told:
                await made.poll(job)
            assert COMMAND in told.value.next_step
            assert (told.value.charged, told.value.failure) == ("unknown", "account")

    asyncio.run(tried())
    assert guild.porter.asked == 1


def test_nobody_is_kept_waiting_by_a_person_who_says_no() -> None:
    async def tried() -> None:
        page = await sign_in.Callback.opened()
        async with httpx2.AsyncClient() as client:
            await client.get(f"{page.address}?error=access_denied")
        with pytest.raises(ProviderError, match="refused: access_denied"):
            await page.answer()
        await page.close()

    asyncio.run(tried())


class Roads(httpx2.AsyncBaseTransport):
    """Takes pictures that are put somewhere, and lets all else go to the guild."""

    def __init__(self, guild: httpx2.AsyncBaseTransport) -> None:
        self.put: list[httpx2.Request] = []
        self._guild = guild

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "cdn.example":
            await request.aread()
            self.put.append(request)
            return httpx2.Response(200, request=request)
        return await self._guild.handle_async_request(request)


def mine(folder: Path) -> Path:
    file = folder / "mine.toml"
    file.write_text(PRICE)
    return file


async def member(guild: Guild, folder: Path, roads: Roads) -> HiggsfieldMcp:
    """Return it as somebody who brings a token of the guild."""
    token = (await guild.porter.exchange_authorization_code(Client, Client)).access_token  # pyright: ignore[reportArgumentType]
    places = {"STILLREEL_HIGGSFIELD_MCP_BASE_URL": guild.url}

    async def at_once(seconds: float) -> None:
        assert seconds >= 0

    return HiggsfieldMcp(
        "", mine(folder), key=token, environment=places, transport=roads, pause=at_once
    )


class Client:
    client_id = "somebody"


def ordered(guild: Guild, folder: Path, film: Any) -> tuple[Any, list[httpx2.Request]]:
    """Return what comes of an order at a guild that answers it so, and the pictures put there."""
    names = iter(("m-1", "m-2", "m-1", "m-2"))
    guild.answers |= {"media_confirm": "ok", "generate_video": film}

    async def tried() -> Any:
        async with guild.inside() as way:
            roads = Roads(way)
            made = await member(guild, folder, roads)
            guild.answers["media_upload"] = Places(names)
            try:
                return await made.submit(clip_ask(folder), "tag-1"), roads.put
            except ProviderError as error:
                return error, roads.put

    return asyncio.run(tried())


class Places:
    """Places for pictures, a new one each time."""

    def __init__(self, names: Any) -> None:
        self._names = names

    def __call__(self) -> dict[str, Any]:
        name = next(self._names)
        place = {"media_id": name, "upload_url": f"https://cdn.example/{name}?signed=1"}
        return {"uploads": [place]}


def test_an_order_is_laid_into_the_fields_that_the_tools_name(tmp_path: Path) -> None:
    guild = Guild()
    job, put = ordered(guild, tmp_path, SUBMITTED)
    assert (job.vendor_id, job.state, job.handle) == (ID, "queued", "4.80")
    ask = clip_ask(tmp_path)
    assert [request.content for request in put] == [one.file.read_bytes() for one in ask.references]
    assert all("authorization" not in request.headers for request in put)
    (film,) = guild.named("generate_video")
    assert (film["model"], film["prompt"]) == ("seedance_2_0", ask.prompt)
    assert film["medias"] == [
        {"role": "image_references", "value": "m-1"},
        {"role": "image_references", "value": "m-2"},
    ]
    files = [asked["files"][0]["content_type"] for asked in guild.named("media_upload")]
    assert files == ["image/png", "image/png"]
    assert {tuple(asked["media_ids"]) for asked in guild.named("media_confirm")} == {
        ("m-1",),
        ("m-2",),
    }


@pytest.mark.parametrize(
    ("said", "wanted", "failure"),
    [
        ("You have reached the maximum number of concurrent jobs", Busy, "rate"),
        ("Not enough credits, please upgrade", Refused, "account"),
        ("The prompt violates our content policy", Refused, "moderation-input"),
        ("A real person was found", Refused, "real-person"),
        ("aspect_ratio is not supported", Refused, "invalid"),
        ("Media m-1 not found", Refused, "provider"),
        ("invalid media id", Refused, "provider"),
        ("Something went wrong, contact support", Lost, "provider"),
    ],
)
def test_a_tool_that_fails_is_told_by_its_words_and_silence_about_money_is_lost(
    said: str, wanted: type[ProviderError], failure: str, tmp_path: Path
) -> None:
    guild = Guild()
    error, _ = ordered(guild, tmp_path, ToolError(said))
    assert (type(error), len(guild.named("generate_video"))) == (wanted, 1)
    assert error.charged == ("unknown" if wanted is Lost else "no")
    assert error.failure == failure
    assert said in error.what


def test_an_answer_without_a_job_is_lost_and_other_ids_are_none_of_a_job(tmp_path: Path) -> None:
    for words in ("Done.", f"Request {ID} was noted."):
        error, _ = ordered(Guild(), tmp_path, words)
        assert (type(error), error.charged) == (Lost, "unknown")


def test_a_preset_is_declined_when_the_clip_is_ordered_again(tmp_path: Path) -> None:
    guild = Guild()
    notice = {"type": "preset_recommendation", "data": {"preset": {"id": "p-1"}}}
    guild.answers |= {"media_confirm": "ok", "media_upload": Places(iter(("m-1", "m-2")))}
    guild.answers["generate_video"] = {"notice": notice}

    async def tried() -> None:
        async with guild.inside() as way:
            made = await member(guild, tmp_path, Roads(way))
            ask = clip_ask(tmp_path)
            with pytest.raises(Busy, match="offers a preset") as told:
                await made.submit(ask, "tag-1")
            assert (told.value.charged, told.value.after) == ("no", 1.0)
            guild.answers["generate_video"] = {"results": [{"id": ID}]}
            assert (await made.submit(ask, "tag-1")).vendor_id == ID

    asyncio.run(tried())
    declined = [film["declined"] for film in guild.named("generate_video")]
    assert declined == ["", "p-1"]
    # The pictures lie there already.
    assert len(guild.named("media_upload")) == 2


def test_a_picture_that_the_server_cannot_find_is_brought_anew_when_it_is_run_again(
    tmp_path: Path,
) -> None:
    guild = Guild()
    guild.answers |= {"media_confirm": "ok", "generate_video": SUBMITTED}
    guild.answers["media_upload"] = Places(iter(("m-1", "m-2", "m-3", "m-4")))

    async def tried() -> None:
        async with guild.inside() as way:
            made = await member(guild, tmp_path, Roads(way))
            ask = clip_ask(tmp_path)
            await made.submit(ask, "tag-1")
            guild.answers["generate_video"] = ToolError("Media m-1 not found")
            with pytest.raises(Refused, match="Media m-1 not found") as told:
                await made.submit(ask, "tag-2")
            assert (told.value.charged, told.value.failure) == ("no", "provider")
            assert told.value.next_step == "Run again: the pictures are brought there anew."
            guild.answers["generate_video"] = SUBMITTED
            await made.submit(ask, "tag-3")

    asyncio.run(tried())
    named = [[one["value"] for one in film["medias"]] for film in guild.named("generate_video")]
    assert named == [["m-1", "m-2"], ["m-1", "m-2"], ["m-3", "m-4"]]


def test_two_clips_in_the_same_instant_bring_a_picture_once(tmp_path: Path) -> None:
    guild = Guild()
    guild.answers |= {"media_confirm": "ok", "generate_video": SUBMITTED}
    guild.answers["media_upload"] = Places(iter(("m-1", "m-2", "m-3", "m-4")))

    async def tried() -> int:
        async with guild.inside() as way:
            roads = Roads(way)
            made = await member(guild, tmp_path, roads)
            asks = [clip_ask(tmp_path)] * 2
            await asyncio.gather(*(made.submit(ask, "tag") for ask in asks))
            return len(roads.put)

    assert asyncio.run(tried()) == 2


def test_an_account_stays_the_same_while_its_tokens_are_renewed(tmp_path: Path) -> None:
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}
    drawer, made = Drawer(environment), HiggsfieldMcp(environment=environment)
    names: list[str] = []
    for client, token in (("c-1", "t-1"), ("c-1", "t-2"), ("c-2", "t-3")):
        drawer.write(Kept(client={"client_id": client}, tokens={"access_token": token}))
        names.append(made.account())
    assert names == ["c-1", "c-1", "c-2"]
    assert HiggsfieldMcp(key=SECRET, environment=environment).account() == SECRET


@pytest.mark.parametrize(
    ("answer", "state", "failure"),
    [
        (f"Job {ID} — in_progress", "running", None),
        (f"Job {ID} — completed\nhttps://cdn.example/a.mp4?sig=1", "succeeded", None),
        ({"generation": {"id": ID, "status": "waiting"}}, "queued", None),
        ({"raw_data": {"status": "completed", "result_url": "u"}}, "succeeded", None),
        ({"generation": {"status": "nsfw"}}, "failed", "moderation-output"),
        ({"generation": {"status": "failed", "error": "theirs"}}, "failed", "provider"),
        ({"generation": {"status": "canceled"}}, "cancelled", "provider"),
    ],
)
def test_a_job_is_read_out_of_tables_and_out_of_words(
    answer: Any, state: str, failure: str | None, tmp_path: Path
) -> None:
    guild = Guild()
    guild.answers["job_status"] = answer

    async def tried() -> Job:
        async with guild.inside() as way:
            made = await member(guild, tmp_path, Roads(way))
            return await made.poll(Job(made.id, "tag-1", ID, "running", handle="4.80"))

    now = asyncio.run(tried())
    assert (now.state, now.failure) == (state, failure)
    charged = {"succeeded": Money.parse("4.80"), "failed": Money(), "cancelled": Money()}
    assert now.charged == charged.get(state)


FILM = {
    "properties": {"model": {}, "prompt": {}, "medias": {"items": {"enum": ["start_image"]}}},
    "required": ["model"],
}
LISTED: dict[str, Any] = {
    "generate_video": FILM,
    "job_status": {"properties": {"jobId": {}}},
    "media_upload": {"properties": {"filename": {}, "content_type": {}}},
    "media_confirm": {"properties": {"type": {}, "media_id": {}}},
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"job_status": None}, "it has no tool job_status"),
        ({"generate_video": {"properties": {"text": {}}}}, "generate_video has no field medias"),
        ({"media_confirm": {"properties": {"id": {}}}}, "no field media_id or media_ids"),
        ({"job_status": {"properties": {"task": {}}}}, "no field jobId or job_id or id"),
        (
            {"media_upload": {**LISTED["media_upload"], "required": ["workspace"]}},
            "media_upload needs workspace",
        ),
        ({"generate_video": {**FILM, "required": ["motion_id"]}}, "needs motion_id"),
        ({"generate_video": {**FILM, "additionalProperties": False}}, "has no field duration"),
    ],
)
def test_tools_of_another_shape_are_not_guessed_at(changes: dict[str, Any], words: str) -> None:
    listed = {name: one for name, one in {**LISTED, **changes}.items() if one is not None}

    def used() -> None:
        tools = shape.Tools.read(listed)
        tools.order({"model": "m", "prompt": "p", "medias": []})
        tools.asked("j")
        tools.place("a.png", "image/png")
        tools.put("m")

    with pytest.raises(Refused, match=words) as told:
        used()
    assert "hand-off" in told.value.next_step


def test_a_role_that_no_tool_names_is_a_sentence() -> None:
    tools = shape.Tools.read(LISTED)
    assert tools.film.role("first") == "start_image"
    with pytest.raises(Refused, match="as reference of a clip"):
        tools.film.role("reference")


def test_references_and_choices_of_a_schema_are_followed() -> None:
    params = {"anyOf": [{"$ref": "#/$defs/Film"}, {"type": "null"}]}
    nested = {"properties": {"params": params}, "required": ["params"], "$defs": {"Film": FILM}}
    tools = shape.Tools.read({**LISTED, "generate_video": nested})
    assert tools.order({"model": "m", "more": 1}) == {"params": {"model": "m", "more": 1}}
    known = {name: {} for name in ("duration", "aspect_ratio", "resolution")}
    fields = {**FILM["properties"], **known}
    closed = {**FILM, "properties": fields, "additionalProperties": False}
    tools = shape.Tools.read({**LISTED, "generate_video": closed})
    assert tools.order({"model": "m", "more": 1}) == {"model": "m"}


CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "generate_video"}}


def test_a_paid_call_leaves_once_whatever_the_client_tries() -> None:
    answers = [401, 500, 200]
    seen: list[httpx2.Request] = []

    async def heard(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(answers[len(seen) - 1])

    async def tried() -> list[int]:
        line = Line(httpx2.MockTransport(heard), 5.0, "generate_video")
        async with httpx2.AsyncClient(transport=line) as client:
            return [(await client.post("http://a/mcp", json=CALL)).status_code for _ in range(3)]

    # Whoever was not let in may come again; after that, nothing is carried any more.
    assert asyncio.run(tried()) == [401, 500, 599]
    assert len(seen) == 2


def test_without_a_sign_in_or_a_price_it_says_what_to_do(tmp_path: Path) -> None:
    bare = HiggsfieldMcp(environment={"XDG_CONFIG_HOME": str(tmp_path)})
    assert bare.status().state == "not configured"
    assert COMMAND in bare.status().reason
    unpriced = HiggsfieldMcp(key=SECRET, environment={})
    assert "price" in unpriced.status().reason
    assert isinstance(asyncio.run(unpriced.find("tag-1")), Unsure)


def test_the_stand_in_is_paid_once_for_one_clip(tmp_path: Path) -> None:
    bench_ = bench(tmp_path, clip_ask(tmp_path))

    async def bought() -> Job:
        made = bench_.make()
        job = await made.submit(bench_.ask, "tag-1")
        bench_.wired.advance(4000)
        done = await made.poll(job)
        assert (await made.fetch(done))[0].media_type == "video/mp4"
        return done

    assert asyncio.run(bought()).state == "succeeded"
    bill = bench_.wired.house.stage.meter.bill("higgsfield-mcp")  # pyright: ignore[reportAttributeAccessIssue]
    assert (bill.posts, bill.jobs, bill.duplicates, bill.lost) == (1, 1, 0, 0)
    assert bill.micros == 12 * 5 * 10_000
