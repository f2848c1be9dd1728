"""What a training's evaluation came to, as bars: how many gave each grade."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aiohttp import web

from bot.web.signed_links import PATTERN, SignedLinks
from dialogs.conversation.texts import text
from knowledge.trainings.evaluations.models import GRADES, Question, Result

PICTURE_DAYS = 30
_PURPOSE = "evaluation"
_COLOURS = {Question.USEFUL: "#3f86d0", Question.ARRANGED: "#2f9461"}


class EvaluationPictures:
    """A link holds the figures: nobody is named in them, and nothing is looked up."""

    def __init__(self, signed: SignedLinks, base_url: str) -> None:
        self.signed = signed
        self.base_url = base_url

    async def link(self, result: Result) -> str:
        """Where the picture can be fetched."""
        figures = {question.value: [*counts] for question, counts in result.grades.items()}
        token = await self.signed.make(_PURPOSE, figures, timedelta(days=PICTURE_DAYS))
        return f"{self.base_url}/utbildning/{token}/utvardering.png"

    def routes(self) -> list[web.RouteDef]:
        return [web.get(f"/utbildning/{{token:{PATTERN}}}/utvardering.png", self._picture)]

    async def _picture(self, request: web.Request) -> web.Response:
        figures = await self.signed.read(_PURPOSE, request.match_info["token"])
        if figures is None or not _can_draw(figures):
            raise web.HTTPNotFound
        headers = {"Referrer-Policy": "no-referrer", "Cache-Control": "max-age=86400"}
        return web.Response(body=_draw(figures), content_type="image/png", headers=headers)


def _can_draw(figures: Mapping[str, Sequence[int]]) -> bool:
    """Whether these are figures: a link may be from another version."""
    counted = [figures.get(question.value) for question in Question]
    return all(
        isinstance(counts, list)
        and len(counts) == len(GRADES)
        and all(isinstance(count, int) for count in counts)
        for counts in counted
    )


def _draw(figures: Mapping[str, Sequence[int]]) -> bytes:
    from bot.web.pictures.bars import Bar, draw_bars  # its library takes 4 MB

    most = max(count for counts in figures.values() for count in counts) or 1
    bars = [
        Bar(
            text(f"trainings_evaluations.picture_{question.value}", grade=grade),
            str(count),
            count / most,
            _COLOURS[question],
        )
        for question in Question
        for grade, count in zip(GRADES, figures[question.value], strict=True)
    ]
    return draw_bars(bars)
