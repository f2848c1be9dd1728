"""Every card drawn 360 px wide, as Teams draws it in light and dark: nothing cut, nothing hidden.

The renderer and the host configurations are Microsoft's own. What they leave to the page follows
Teams: buttons move down when a row is full, and their titles are one line, cut when too long.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from playwright.async_api import Browser, Page

from dialogs.conversation.card_parts import card
from dialogs.conversation.talk import Reply
from dialogs.conversation.written import written
from tests.dialogs.answers.samples import whole_base
from tests.dialogs.samples import cards
from tests.support.lint import nodes_of

pytestmark = pytest.mark.browser

Json = dict[str, Any]

WIDTH = 360
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""In the dark only the colours are others."""

PAGE = """
<!doctype html>
<html lang="sv">
<title>Tryggves kort</title>
<style>
  body {{ margin: 0; background: {page}; }}
  section {{ width: {width}px; margin-bottom: 16px; }}
  .ac-actionSet {{ flex-wrap: wrap; row-gap: 8px; }}
  main .ac-pushButton, main .ac-input {{
    background: {page}; color: {text}; border: 1px solid {text}; border-radius: 4px;
  }}
  main a.ac-anchor:link {{ color: {link}; text-decoration: underline; }}
  ul, ol {{ box-sizing: border-box; }}
  input[type=checkbox] {{ width: 24px; height: 24px; }}
  .sheet {{ columns: {width}px; column-gap: 24px; width: 4000px; }}
  .sheet section {{ break-inside: avoid; outline: 1px dashed {text}; }}
</style>
<main></main>
"""

DRAW_JS = """
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  if (!(text in markdown)) problems.push(`no Markdown for “${text.slice(0, 90)}”`);
  result.outputHtml = markdown[text];
  result.didProcess = true;
};
let markdown = {};
const problems = [];
window.draw = (cards, config, texts) => {
  markdown = texts;
  const main = document.querySelector("main");
  main.replaceChildren();
  problems.length = 0;
  for (const [name, card] of Object.entries(cards)) {
    const section = document.createElement("section");
    section.id = name;
    section.setAttribute("aria-label", name);
    const drawn = new AdaptiveCards.AdaptiveCard();
    drawn.hostConfig = new AdaptiveCards.HostConfig(config);
    const context = new AdaptiveCards.SerializationContext();
    drawn.parse({...card, lang: undefined}, context);  // the page has one; its check is broken
    section.append(drawn.render());
    main.append(section);
    for (let i = 0; i < context.eventCount; i++)
      problems.push(`${name}: ${context.getEventAt(i).message}`);
  }
};
const isHidden = element => getComputedStyle(element).display === "inline" || !element.clientWidth;
window.faults = () => {
  const found = [...problems];
  for (const section of document.querySelectorAll("section"))
    for (const element of section.querySelectorAll("*:not(input, textarea)")) {
      const words = `${section.id}: “${element.textContent.slice(0, 90)}”`;
      if (!isHidden(element) && element.scrollWidth > element.clientWidth)
        found.push(`${words} is ${element.scrollWidth} px wide in ${element.clientWidth}`);
    }
  return found;
};
"""

# What the renderer uses where the page has it: a single line end is no more than a space in it.
MARKDOWN = MarkdownIt("js-default")


def content(name: str, reply: Reply) -> Json:
    """The card as after a tap on "Läs mer": everything shown. Its ids are made its own."""
    shown = json.loads(json.dumps(reply.card))
    own = json.dumps(name)[1:-1].replace(" ", "-")

    def unfold(node: Any) -> None:
        for child in node if isinstance(node, list) else node.values():
            if isinstance(child, dict | list):
                unfold(child)
        if isinstance(node, dict):
            node.pop("isVisible", None)
            if isinstance(node.get("id"), str) and "type" in node:
                node["id"] = f"{own}-{node['id']}"
            if "targetElements" in node:
                node["targetElements"] = [f"{own}-{one}" for one in node["targetElements"]]

    unfold(shown)
    return dict(shown)


def texts_of(part: Any) -> Iterator[str]:
    """Every text that is drawn as Markdown."""
    for node in nodes_of(part):
        yield from (node[key] for key in ("text", "title", "value") if _is_text(node.get(key)))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def as_html(text: str) -> str:
    """A text as the renderer shows it; Teams shows a mention as the name alone."""
    return MARKDOWN.render(re.sub("</?at>", "", text))


def colours(config: Json) -> dict[str, str]:
    """What the host configuration says of the page itself, without the opacity in front."""
    style = config["containerStyles"]["default"]
    wanted = {"page": style["backgroundColor"]}
    for name, colour in (("text", "default"), ("link", "accent")):
        wanted[name] = style["foregroundColors"][colour]["default"]
    return {name: f"#{colour[-6:]}" for name, colour in wanted.items()}


class Screen:
    """A page that draws cards in one theme."""

    def __init__(self, page: Page, config: Json) -> None:
        self.page = page
        self.config = config

    async def faults(self, drawn: dict[str, Json]) -> list[str]:
        """Draw these, and tell what does not fit."""
        texts = {text: as_html(text) for text in texts_of(drawn)}
        told = [drawn, self.config, texts]
        await self.page.evaluate("([cards, config, texts]) => draw(cards, config, texts)", told)
        return list(await self.page.evaluate("faults()"))

    async def violations(self, only: Json) -> list[str]:
        """What breaks these rules in that which was drawn: one line for each element."""
        # Without the limit axe describes the thousands of elements that pass, too.
        options = {"runOnly": only, "resultTypes": ["violations"]}
        found = await self.page.evaluate("options => axe.run(options)", options)
        return [
            f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    async def photograph(self, path: Path) -> None:
        """All cards on one sheet."""
        await self.page.evaluate("document.querySelector('main').className = 'sheet'")
        await self.page.set_viewport_size({"width": 4000, "height": 800})
        await self.page.screenshot(path=path, full_page=True, type="jpeg", quality=80)


async def screen(browser: Browser, node_modules: Path, theme: str) -> Screen:
    configs = node_modules / "adaptivecards-designer/lib/hostConfigs"
    config = json.loads((configs / f"microsoft-teams-{theme}.json").read_text("utf-8"))
    page = await browser.new_page(viewport={"width": WIDTH, "height": 800}, locale="sv-SE")
    page.set_default_timeout(30_000)
    await page.set_content(PAGE.format(width=WIDTH, **colours(config)))
    renderer = node_modules / "adaptivecards/dist"
    await page.add_style_tag(path=renderer / "adaptivecards.css")
    await page.add_script_tag(path=renderer / "adaptivecards.min.js")
    await page.add_script_tag(path=node_modules / "axe-core/axe.min.js")
    await page.add_script_tag(content=DRAW_JS)
    return Screen(page, config)


@pytest.mark.parametrize(("theme", "rules"), [("light", EVERYTHING), ("dark", COLOURS)])
async def test_every_card_fits_a_phone_and_is_accessible(
    browser: Browser, node_modules: Path, screenshots: Path, theme: str, rules: Json
) -> None:
    teams = await screen(browser, node_modules, theme)
    faults = await teams.faults({name: content(name, build()) for name, build in cards().items()})
    faults += await teams.violations(rules)
    if os.environ.get("PICTURES"):
        await teams.photograph(screenshots / f"cards-{theme}.jpg")

    assert not faults, "\n".join(faults)


async def test_every_answer_fits_a_phone(browser: Browser, node_modules: Path) -> None:
    teams = await screen(browser, node_modules, "light")
    faults = await teams.faults({name: content(name, reply) for name, reply in whole_base()})

    assert not faults, "\n".join(faults)


async def test_what_was_written_on_lines_stands_on_lines(
    browser: Browser, node_modules: Path
) -> None:
    lines = ["Tid: torsdag kl. 10", "Plats: rådhuset", "- kaffe", "- lägesbild", "#tryggkommun"]
    lines += ["<kommunens namn> och <anna@exempel.se>", "R&D_plan_2026, 5*3*2 och `kod`", "---"]
    typed = "\u2028".join([*lines[:2], "", *lines[2:]])
    teams = await screen(browser, node_modules, "light")
    faults = await teams.faults({"lines": {**card(written(typed)), "lang": "sv"}})
    shown = await teams.page.evaluate("document.querySelector('main').innerText")

    read = [line for line in shown.replace("‹", "<").replace("›", ">").splitlines() if line]
    assert (faults, read) == ([], [line.removeprefix("- ") for line in lines])
