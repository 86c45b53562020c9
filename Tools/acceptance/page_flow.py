#!/usr/bin/env python3
"""The page in a real browser: searching, looking, filtering, with mouse and keyboard, in both languages, light and dark.

    python3 -m venv ENV && ENV/bin/pip install playwright axe-playwright-python
    ENV/bin/python Tools/acceptance/page_flow.py [--binary PATH] [--chromium PATH] [--screenshots FOLDER]

Chromium is the system's (Debian: chromium). Accessibility is checked by axe-core in each state.
"""
import argparse
import base64
import json
import pathlib
import subprocess
import tempfile
import time
import urllib.request

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from harness import BINARY, ROOT, Node, check, done

SAMPLES = ROOT / "Samples"


class Visit:
    """One visitor: a browser context whose console, requests and policy violations are watched."""

    def __init__(self, browser, url, options, **context):
        self.url, self.options, self.problems, self.hosts = url, options, [], set()
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.page.on("console", lambda m: self.problems.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.problems.append(str(e)))
        self.page.on("request", lambda r: self.hosts.add(r.url.split("/")[2]) if r.url.startswith("http") else None)

    def open(self, query=""):
        self.page.goto(self.url + "/" + query)
        self.settle()
        return self

    def until(self, condition, arg=None, seconds=20):
        """Asks again and again: what waits within the page would need `eval`, which the page's policy forbids."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(condition, arg):
            if time.monotonic() > end:
                raise TimeoutError(condition)
            self.page.wait_for_timeout(30)

    def settle(self):
        """Waits for the answer, and for the pictures that are in sight."""
        self.until("document.getElementById('results')?.getAttribute('aria-busy') === 'false'")
        self.until(
            "[...document.querySelectorAll('#grid .card')].slice(0, 6).every(c => c.querySelector('.frame').matches('.shown, .absent'))")

    def names(self):
        return self.page.locator("#grid .name").all_inner_texts()

    def scores(self):
        return [float(text) for text in self.page.locator("#grid .points").all_inner_texts() if text]

    def parts(self):
        return self.page.locator("#mixture .said").all_inner_texts()

    def search(self, words):
        self.page.fill("#words", words)
        self.until("w => new URLSearchParams(location.search).get('q') === w", words)
        self.settle()

    def shot(self, name):
        if self.options.screenshots:
            self.page.wait_for_timeout(350)
            self.page.screenshot(path=pathlib.Path(self.options.screenshots) / f"{name}.png")

    def accessible(self, what):
        def run():
            # Until transitions are over, colours are not what they will be.
            self.page.wait_for_timeout(300)
            found = Axe().run(self.page).response["violations"]
            return not found, [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]
        check(f"accessible: {what}", run)

    def clean(self, what, allowed=()):
        bad = [p for p in self.problems if not any(word in p for word in allowed)]
        check(f"nothing in the console: {what}", lambda: (not bad, bad[:3]))
        here = self.url.split("/")[2]
        check(f"nothing asked of others: {what}", lambda: (self.hosts <= {here}, self.hosts - {here}))
        self.context.close()


def transfer(path):
    """JavaScript for a DataTransfer that holds a file."""
    content = base64.b64encode(path.read_bytes()).decode()
    return f"""(() => {{ const t = new DataTransfer(), b = Uint8Array.from(atob('{content}'), c => c.charCodeAt(0));
        t.items.add(new File([b], '{path.name}', {{ type: 'image/jpeg' }})); return t; }})()"""


def first_screen(browser, url, options):
    visit = Visit(browser, url, options, viewport={"width": 1360, "height": 860}, locale="en-US").open()
    page = visit.page
    check("pictures are there before anything is typed", lambda: (len(visit.names()) >= 20, len(visit.names())))
    check("they have loaded", lambda: page.locator(".frame.shown").count() >= 6 and page.locator(".frame.absent").count() == 0)
    check("searches are proposed", lambda: page.locator(".idea").count() >= 4)
    check("English for an English browser", lambda: page.evaluate("document.documentElement.lang") == "en")
    visit.accessible("first screen")
    visit.shot("start")
    page.locator(".idea").first.click()
    visit.settle()
    check("a proposal is a search", lambda: (page.input_value("#words") != "" and visit.scores() != [], visit.scores()[:3]))
    page.click("#home")
    visit.settle()
    before = len(visit.names())
    page.mouse.wheel(0, 20_000)
    visit.until("n => document.querySelectorAll('#grid .card').length > n", before)
    check("more come when one scrolls", lambda: (len(visit.names()) > before, len(visit.names())))
    visit.clean("first screen")


def words(browser, url, options):
    visit = Visit(browser, url, options, viewport={"width": 1360, "height": 860}, locale="en-US").open()
    page = visit.page
    page.keyboard.press("/")
    check("a slash goes to the search field", lambda: page.evaluate("document.activeElement.id") == "words")
    page.keyboard.type("a bird", delay=20)
    visit.until("new URLSearchParams(location.search).get('q') === 'a bird'")
    visit.settle()
    check("words find as they are typed", lambda: (bool({"Swan", "Owl"} & set(visit.names()[:3])), visit.names()[:3]))
    check("scores fall", lambda: visit.scores() == sorted(visit.scores(), reverse=True))
    check("the search is in the title", lambda: page.title().startswith("a bird"))
    visit.accessible("words")
    visit.shot("words")
    slider = page.locator("#cut-range")
    all_shown = len(visit.names())
    slider.evaluate("(s, v) => { s.value = v; s.dispatchEvent(new Event('input', { bubbles: true })); }", visit.scores()[3] - 0.004)
    check("the cut-off takes away what is less alike", lambda: (4 <= len(visit.names()) < all_shown, len(visit.names())))
    slider.evaluate("s => { s.value = s.max; s.dispatchEvent(new Event('input', { bubbles: true })); }")
    check("a cut-off above all says so", lambda: page.locator("#notice h2").is_visible())
    visit.accessible("nothing that close")
    visit.shot("cut")
    page.click("#notice .solid")
    check("and shows them again", lambda: (len(visit.names()) == all_shown, len(visit.names())))
    visit.open("?q=a+bird")
    check("the address brings the search back", lambda: (page.input_value("#words") == "a bird" and len(visit.scores()) > 3, visit.names()[:3]))

    page.locator("summary", has_text="Keywords").click()
    visit.accessible("a filter")
    visit.shot("filter")
    page.locator(".facet[open] label", has_text="fruit").first.click()
    visit.settle()
    check("filters narrow down", lambda: (0 < len(visit.names()) < all_shown, len(visit.names())))
    check("and are in the address", lambda: "filters=" in page.url)
    page.keyboard.press("Escape")
    check("escape closes a filter", lambda: page.locator(".facet[open]").count() == 0)
    page.locator(".facets > .quiet").click()
    visit.settle()
    check("and are taken away", lambda: len(visit.names()) == all_shown)
    visit.open("?q=a+bird&filters=%7B%22file_modified%22%3A%7B%22from%22%3A%222999-01-01%22%7D%7D")
    visit.until("!document.getElementById('notice').hidden")
    check("dates come back from the address, too", lambda: (visit.names() == [] and "Nothing found" in page.inner_text("#notice"), visit.names()[:3]))
    visit.open("?q=a+bird")
    page.focus("#words")
    page.keyboard.press("Escape")
    visit.settle()
    check("escape clears the search", lambda: page.input_value("#words") == "" and page.locator("#hero").is_visible())
    visit.clean("words")


def pictures(browser, url, options):
    visit = Visit(browser, url, options, viewport={"width": 1360, "height": 860}, locale="en-US").open()
    page, tiger = visit.page, SAMPLES / "tiger.jpg"
    finds_itself = lambda: (visit.names()[0] == "Tiger" and visit.scores()[0] > 0.999, (visit.names()[:2], visit.scores()[:2]))

    def asked():
        page.wait_for_selector("#asked:not([hidden])")
        visit.until("document.querySelector('#grid .points')?.textContent > '0'")
        visit.settle()

    page.set_input_files("#file", tiger)
    asked()
    check("a picture that is picked finds itself", finds_itself)
    visit.accessible("a picture asked")
    page.click("#asked-remove")
    visit.settle()
    check("and is taken away", lambda: page.locator("#asked").is_hidden() and visit.scores() == [])
    page.evaluate(f"document.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: {transfer(tiger)}, bubbles: true }}))")
    asked()
    check("a picture that is pasted finds itself", finds_itself)
    page.click("#home")
    visit.settle()
    page.evaluate(f"window.dispatchEvent(new DragEvent('dragenter', {{ dataTransfer: {transfer(tiger)} }}))")
    check("dragging shows where to drop", lambda: "on" in page.get_attribute("#drop", "class"))
    visit.shot("drop")
    page.evaluate(f"window.dispatchEvent(new DragEvent('drop', {{ dataTransfer: {transfer(tiger)}, cancelable: true }}))")
    asked()
    check("a picture that is dropped finds itself", finds_itself)
    page.set_input_files("#file", ROOT / "README.md")
    page.wait_for_selector("#toast:not([hidden])")
    check("what is no picture is refused", lambda: "picture" in page.inner_text("#toast"))
    visit.accessible("a picture that cannot be read")

    visit.open("?q=a+cake")
    card = page.locator("#grid li").nth(1)
    name = card.locator(".name").inner_text()
    card.hover()
    card.locator(".like").click()
    visit.until("location.search.includes('like=')")
    visit.settle()
    check("more like this goes with the words", lambda: (visit.parts() == ["“a cake”", name] and name in visit.names()[:3], (visit.parts(), visit.names()[:3])))
    visit.shot("like")
    page.locator("#mixture .words-part button").click()
    visit.until("!location.search.includes('q=')")
    visit.settle()
    check("without them it begins with itself", lambda: (visit.names()[0] == name and visit.scores()[0] > 0.999 and page.input_value("#words") == "", (name, visit.names()[:2])))
    page.go_back()
    visit.until("document.getElementById('words').value === 'a cake'")
    page.go_back()
    visit.until("!location.search.includes('like=')")
    visit.settle()
    check("back goes back to the words", lambda: visit.names()[1] == name)
    page.go_forward()
    visit.until("document.querySelectorAll('#mixture .said').length === 2")
    visit.settle()
    check("and forward to both", lambda: visit.parts() == ["“a cake”", name])
    visit.clean("pictures")


def mixtures(browser, url, options):
    visit = Visit(browser, url, options, viewport={"width": 1360, "height": 860}, locale="en-US").open("?q=a+flower")
    page, parts = visit.page, visit.parts

    def changed(query):
        visit.until("query => location.search.includes(query)", query)
        visit.settle()

    first = visit.names()[0]
    card = page.locator("#grid li").first
    card.hover()
    card.locator(".less").click()
    changed("unlike=")
    check("less like a result, and it is no longer the nearest", lambda: (visit.names()[0] != first and len(visit.scores()) > 3, (first, visit.names()[:3])))
    check("what is mixed stands there", lambda: (parts() == ["“a flower”", first], parts()))
    seen = lambda: page.eval_on_selector_all("#mixture .part", "parts => parts.map(part => [getComputedStyle(part).opacity, part.offsetWidth > 40])")
    check("and is seen", lambda: (seen() == [["1", True]] * 2, seen()))
    check("it is told", lambda: ("Searched for together" in page.inner_text("#count"), page.inner_text("#count")))
    check("scores fall", lambda: visit.scores() == sorted(visit.scores(), reverse=True))
    visit.accessible("a mixture")
    visit.shot("mixture")

    page.set_input_files("#file", SAMPLES / "tiger.jpg")
    page.wait_for_selector("#mixture li:nth-child(3) select")
    visit.settle()
    check("a wanted picture is seen, too", lambda: (seen() == [["1", True]] * 3, seen()))
    check("a picture goes with what stands there", lambda: (parts() == ["“a flower”", first, "Your picture"] and page.input_value("#words") == "a flower", parts()))
    select = page.locator("#mixture li:nth-child(3) select")
    alike = visit.scores()[:8], visit.names()[:8]
    select.focus()
    select.select_option("unlike")
    visit.until("before => [...document.querySelectorAll('#grid .points')].slice(0, 8).map(p => Number(p.textContent)).join() !== before.join()", alike[0])
    visit.settle()
    check("it can be taken away from them", lambda: ("Tiger" not in visit.names()[:8], (alike[1], visit.names()[:8])))
    check("the focus stays on what was chosen", lambda: page.evaluate("document.activeElement.tagName") == "SELECT")
    check("and it has a name", lambda: page.evaluate("document.activeElement.getAttribute('aria-label')") == "How much like Your picture")
    mixture = visit.names()[:8], visit.scores()[:8]
    page.reload()
    visit.settle()
    check("a reload keeps one's own picture", lambda: (parts() == ["“a flower”", first, "Your picture"] and (visit.names()[:8], visit.scores()[:8]) == mixture, (mixture, parts(), visit.names()[:8])))
    check("and how much it counts", lambda: page.locator("#mixture select").evaluate_all("all => all.map(select => select.value)") == ["unlike", "unlike"])
    stranger = Visit(browser, url, options, locale="en-US").open(page.evaluate("location.search"))
    check("who has not got it is told", lambda: ("own picture" in stranger.page.inner_text("#toast") and stranger.parts() == ["“a flower”", first], (stranger.page.inner_text("#toast"), stranger.parts())))
    stranger.clean("a picture that is gone")
    page.locator("#grid li").first.hover()
    liked = visit.names()[0]
    page.locator("#grid li").first.locator(".like").click()
    changed("&like=")
    check("more like this keeps what is not wanted", lambda: (parts() == ["“a flower”", first, "Your picture", liked], parts()))
    page.set_input_files("#file", SAMPLES / "cat.jpg")
    visit.until("!location.search.includes('&like=')")
    visit.settle()
    check("a picture takes the place of the one that was wanted", lambda: (parts() == ["“a flower”", first, "Your picture", "Your picture"], parts()))
    page.go_back()
    changed("&like=")
    visit.until("[...document.querySelectorAll('#mixture .said')].filter(said => said.textContent === 'Your picture').length === 1")
    check("which back brings back", lambda: (parts() == ["“a flower”", first, "Your picture", liked], parts()))
    for left in [3, 2, 0]:
        page.locator("#mixture li").nth(1).locator("button").click()
        visit.until("left => document.querySelectorAll('#mixture li').length === left", left)
    visit.settle()
    check("without them the words are alone again", lambda: (visit.names()[0] == first and page.evaluate("document.activeElement.id") == "words", visit.names()[:2]))

    visit.open("?q=a+bird")
    birds = visit.names()[:10]
    visit.open("?q=a+bird+-duck")
    check("a minus takes words away", lambda: (visit.names()[:10] != birds and len(visit.scores()) > 3, (birds, visit.names()[:10])))
    check("and they stand there", lambda: (parts() == ["“a bird”", "not “duck”"], parts()))
    visit.accessible("unwanted words")
    visit.shot("mixture-words")
    page.locator("#mixture .unlike button").click()
    visit.until("new URLSearchParams(location.search).get('q') === 'a bird'")
    visit.settle()
    check("until they are taken away", lambda: (visit.names()[:10] == birds and page.input_value("#words") == "a bird" and parts() == [], visit.names()[:10]))

    visit.open("?q=a+cake")
    page.keyboard.press("Tab")
    page.locator("#grid .card").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    check("the keyboard reaches the button", lambda: (page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Less like"), page.evaluate("document.activeElement.outerHTML")[:120]))
    page.keyboard.press("Enter")
    changed("unlike=")
    check("and presses it", lambda: len(parts()) == 2)
    other = next(number for number, name in enumerate(visit.names()) if name not in parts())
    page.locator("#grid .card").nth(other).click()
    page.wait_for_selector("#viewer[open]")
    added = page.inner_text("#viewer-title")
    page.click("#viewer-add")
    changed("&like=")
    check("a picture is added from where it is large", lambda: (len(parts()) == 3 and parts()[2] == added, parts()))
    mixture = visit.names()[:5], visit.scores()[:5]
    visit.open(page.evaluate("location.search"))
    check("the address brings the mixture back", lambda: ((visit.names()[:5], visit.scores()[:5]) == mixture and len(parts()) == 3, (mixture, visit.names()[:5])))
    page.go_back()
    page.go_back()
    visit.settle()
    page.focus("#words")
    page.keyboard.press("Escape")
    visit.settle()
    check("escape clears all of it", lambda: page.locator("#mixture").is_hidden() and visit.scores() == [])
    visit.clean("mixtures")

    visit = Visit(browser, url, options, viewport={"width": 390, "height": 844}, locale="ja-JP", has_touch=True, is_mobile=True, device_scale_factor=2).open("?q=a+flower")
    page = visit.page
    page.locator("#grid .card").first.tap()
    page.wait_for_selector("#viewer-near-list img")
    page.locator("#viewer-less").tap()
    visit.until("location.search.includes('unlike=')")
    visit.settle()
    check("in Japanese, on a phone", lambda: ("組み合わせ" in page.inner_text("#count") and page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.inner_text("#count")))
    check("the choices are in Japanese", lambda: page.locator("#mixture option").all_inner_texts() == ["似ている", "少し似ている", "似ていない"])
    visit.accessible("a mixture, phone, Japanese")
    visit.shot("mixture-phone-ja")
    visit.clean("mixtures on a phone")


def viewer(browser, url, options):
    visit = Visit(browser, url, options, viewport={"width": 1360, "height": 860}, locale="en-US").open("?q=a+bird")
    page = visit.page
    names = visit.names()
    page.locator("#grid .card").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_selector("#viewer[open]")
    check("arrows and enter open a picture", lambda: (page.inner_text("#viewer-title") == names[1], page.inner_text("#viewer-title")))
    page.wait_for_selector("#viewer-near-list img")
    visit.until("document.getElementById('viewer-picture').src.includes('/_image/') && !document.getElementById('viewer-picture').src.includes('_thumbnail')")
    check("the whole picture comes in its place", lambda: page.evaluate("document.getElementById('viewer-picture').naturalWidth") > 0)
    check("the document is shown", lambda: "Caption" in page.inner_text("#viewer-document"))
    check("its title is seen", lambda: (page.locator("#viewer-title").bounding_box()["height"] > 20, page.locator("#viewer-title").bounding_box()))
    visit.accessible("a picture")
    visit.shot("viewer")
    page.keyboard.press("ArrowRight")
    check("arrows go on", lambda: (page.inner_text("#viewer-title") == names[2], page.inner_text("#viewer-title")))
    page.keyboard.press("Escape")
    # A browser tells the page later that it is closed.
    check("escape closes it, and the focus is where one was",
          lambda: visit.until("name => document.activeElement.querySelector('.name')?.textContent === name", names[2]) is None)
    page.locator("#grid .card").first.click()
    page.wait_for_selector("#viewer-near-list img")
    near = page.locator("#viewer-near-list button").first.get_attribute("aria-label").split(",")[0]
    page.locator("#viewer-near-list button").first.click()
    check("a similar picture is gone to", lambda: page.inner_text("#viewer-title") == near)
    page.click("#viewer-like")
    visit.until("location.search.includes('like=')")
    visit.settle()
    check("more like it", lambda: (near in visit.names()[:3] and visit.parts() == ["“a bird”", near], (visit.parts(), visit.names()[:3])))
    visit.clean("viewer")


def held(browser, url, options):
    """Pictures that stand in documents: thumbnails of a pipeline, `semantic` fields; and documents without any."""
    def call(method, path, body):
        request = urllib.request.Request(url + path, json.dumps(body).encode(), {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    data = lambda name: "data:image/jpeg;base64," + base64.b64encode((SAMPLES / name).read_bytes()).decode()
    names = ["tiger.jpg", "cake.jpg", "cat.jpg", "house.jpg", "rocket.jpg", "piano.jpg"]
    long = "Only words: a quiet lake in the mountains, early in the morning, when nobody is there yet and the fog lies on the water."
    call("PUT", "/_ingest/pipeline/pictures", {"processors": [
        {"inference": {"model_id": "compact", "input_output": {"input_field": "photo", "output_field": "image_embedding", "input_type": "image"}}},
        {"image": {"field": "photo", "target_field": "image", "properties": ["width", "height", "thumbnail"], "remove_binary": True}}]})
    call("PUT", "/piped", {"mappings": {"properties": {"image_embedding": {"type": "dense_vector", "dims": 384, "similarity": "cosine"}}}})
    for name in names:
        call("PUT", f"/piped/_doc/{name}?pipeline=pictures&refresh=true", {"photo": data(name), "note": name})
    vector = call("POST", "/_ml/trained_models/compact/_infer", {"docs": [{"text_field": "a lake"}]})["inference_results"][0]["predicted_value"]
    call("PUT", "/piped/_doc/words?refresh=true", {"note": long, "image_embedding": vector})
    call("PUT", "/piped/_doc/lost?refresh=true", {"note": "Lost", "image_hash": "0" * 64, "relative_path": "lost.jpg", "image_embedding": vector})
    call("PUT", "/album", {"mappings": {"properties": {"content": {"type": "semantic"}}}})
    for name in names:
        call("PUT", f"/album/_doc/{name}?refresh=true", {"content": [{"type": "image", "value": data(name), "description": f"Described: {name}"}]})
    call("PUT", "/album/_doc/cat?refresh=true", {"content": ["my cat asleep in the sun"]})

    visit = Visit(browser, url, options, viewport={"width": 1360, "height": 860}, locale="en-US", color_scheme="dark").open("?index=piped")
    page = visit.page
    visit.until("document.querySelectorAll('#grid .frame.shown').length === 6")
    words = lambda: sorted(page.locator("#grid .absent .worded").all_inner_texts())
    check("thumbnails of documents are shown, and words where there are none", lambda: (words() == [long, "lost.jpg"], words()))
    visit.accessible("pictures of documents, dark")
    visit.shot("held-dark")
    visit.search("a tiger")
    check("they are found", lambda: (visit.names()[0] == "tiger.jpg", visit.names()[:3]))
    page.locator("#grid .card").first.click()
    page.wait_for_selector("#viewer-near-list li:not(.blank)")
    check("and shown large", lambda: page.evaluate("document.getElementById('viewer-picture').naturalWidth") > 0 and page.locator("#viewer-open").is_hidden())
    check("data is not written out", lambda: ("image/jpeg, " in page.inner_text("#viewer-document") and "base64" not in page.inner_text("#viewer-document"), page.inner_text("#viewer-document")[:300]))
    page.keyboard.press("Escape")
    visit.search("a lake")
    page.locator("#grid .card", has=page.locator(".worded", has_text="Only words")).click()
    page.wait_for_selector("#viewer-near-list li:not(.blank)")
    check("words are read where there is no picture", lambda: (page.locator("#viewer-words").is_visible() and page.inner_text("#viewer-words") == long, page.inner_text("#viewer-words")))
    visit.accessible("a document without a picture, dark")
    visit.shot("worded-dark")
    page.locator("#viewer-less").click()
    visit.until("location.search.includes('unlike=')")
    visit.settle()
    check("and weighed", lambda: (visit.parts()[0] == "“a lake”" and visit.parts()[1].startswith("Only words"), visit.parts()))
    visit.clean("pictures of documents")

    visit = Visit(browser, url, options, viewport={"width": 1360, "height": 860}, locale="en-US").open("?index=album")
    page = visit.page
    visit.until("document.querySelectorAll('#grid .frame.shown').length === 6")
    check("pictures of semantic fields are shown", lambda: (page.locator("#grid .absent .worded").all_inner_texts() == ["my cat asleep in the sun"], page.locator("#grid .absent").all_inner_texts()))
    check("and called as they are described", lambda: ("Described: tiger.jpg" in visit.names(), visit.names()))
    visit.shot("semantic")
    visit.search("a tiger")
    check("they are found by words", lambda: ("Described: tiger.jpg" in visit.names()[:2], visit.names()[:3]))
    page.locator("#grid .card", has_text="tiger").first.click()
    page.wait_for_selector("#viewer-near-list li:not(.blank)")
    page.click("#viewer-like")
    visit.until("location.search.includes('like=')")
    visit.settle()
    page.locator("#mixture .words-part button").click()
    visit.until("!location.search.includes('q=')")
    visit.settle()
    check("and by themselves", lambda: (visit.names()[0] == "Described: tiger.jpg" and visit.scores()[0] > 0.99, (visit.names()[:2], visit.scores()[:2])))
    page.set_input_files("#file", SAMPLES / "rocket.jpg")
    visit.until("location.search.includes('my-like=')")
    visit.settle()
    check("and by a picture that is brought", lambda: (visit.names()[0] == "Described: rocket.jpg" and visit.scores()[0] > 0.99, (visit.names()[:2], visit.scores()[:2])))
    visit.clean("semantic fields")
    for name in ["piped", "album"]:
        urllib.request.urlopen(urllib.request.Request(f"{url}/{name}", method="DELETE"))


def others(browser, url, options):
    visit = Visit(browser, url, options, viewport={"width": 1360, "height": 860}, locale="en-US", color_scheme="dark").open()
    page = visit.page
    visit.accessible("first screen, dark")
    visit.shot("start-dark")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(background)
    page.click("#theme")
    check("the theme is changed", lambda: (page.evaluate(background) != dark, page.evaluate(background)))
    page.reload()
    visit.settle()
    check("and stays", lambda: page.evaluate("document.documentElement.dataset.theme") == "light")
    page.click("#theme")
    page.click("#same")
    page.wait_for_selector(".group")
    check("near-duplicates are grouped", lambda: page.locator(".group .card").count() >= 2)
    visit.accessible("near-duplicates, dark")
    visit.shot("duplicates-dark")
    page.click("#status-open")
    page.wait_for_selector("#status-body strong")
    check("the status tells of models and indices", lambda: ("compact" in page.inner_text("#status-body") and "231" in page.inner_text("#status-body"), page.inner_text("#status-body")))
    visit.accessible("status, dark")
    visit.shot("status-dark")
    page.keyboard.press("Escape")
    visit.clean("dark")

    visit = Visit(browser, url, options, viewport={"width": 390, "height": 844}, locale="ja-JP", has_touch=True, is_mobile=True, device_scale_factor=2).open()
    page = visit.page
    check("Japanese for a Japanese browser", lambda: page.evaluate("document.documentElement.lang") == "ja" and "画像" in page.inner_text("#hero-title"))
    narrow = "document.documentElement.scrollWidth <= innerWidth"
    check("it fits a phone", lambda: page.evaluate(narrow))
    visit.accessible("phone, Japanese")
    visit.shot("phone-ja")
    visit.search("a flower")
    check("and so do results", lambda: page.evaluate(narrow))
    visit.accessible("phone, results")
    visit.shot("phone-words-ja")
    page.locator("#grid .card").first.tap()
    page.wait_for_selector("#viewer-near-list img")
    check("and a picture", lambda: page.evaluate(narrow))
    visit.accessible("phone, a picture")
    visit.shot("phone-viewer-ja")
    page.locator("#viewer-close").tap()
    page.locator("#language").tap()
    check("the language is changed", lambda: page.evaluate("document.documentElement.lang") == "en" and "nearest" in page.inner_text("#count"))
    visit.clean("phone")

    visit = Visit(browser, url, options, viewport={"width": 1360, "height": 860}, locale="en-US", reduced_motion="reduce").open()
    check("nothing moves where motion is not wanted", lambda: visit.page.evaluate("getComputedStyle(document.querySelector('#grid .frame')).transitionDuration") in ("0s", ""))
    visit.clean("reduced motion")


def states(browser, options):
    """An empty node, one that goes away, one that asks for a password."""
    with tempfile.TemporaryDirectory() as folder:
        node = Node(options.binary, folder)
        node.start()
        visit = Visit(browser, node.url, options, viewport={"width": 1360, "height": 860}, locale="en-US").open()
        page = visit.page
        check("an empty node says how to begin", lambda: "clipsearch import" in page.inner_text("#notice"))
        visit.accessible("empty")
        visit.shot("empty")
        subprocess.run([options.binary, "import", str(SAMPLES), "--index", "photos", "--url", node.url], check=True, capture_output=True)
        page.wait_for_selector("#grid .frame.shown", timeout=30_000)
        check("what is imported shows up by itself", lambda: len(visit.names()) > 20)
        node.stop()
        page.fill("#words", "a cat")
        page.wait_for_selector("#notice:not([hidden])")
        check("a node that is gone is told of", lambda: "does not answer" in page.inner_text("#notice"))
        visit.accessible("offline")
        visit.shot("offline")
        visit.clean("states", allowed=["Failed to load resource", "ERR_CONNECTION"])

    with tempfile.TemporaryDirectory() as folder:
        settings = pathlib.Path(folder) / "settings.yml"
        settings.write_text("http:\n  password: secret\n  api_keys: [a2V5]\n")
        node = Node(options.binary, folder + "/data", "--config", str(settings))
        node.start()
        url = node.url.replace("//", "//elastic:secret@")
        subprocess.run([options.binary, "import", str(SAMPLES), "--index", "photos", "--url", url], check=True, capture_output=True)
        stranger = browser.new_context().new_page()
        check("without a password there is no page", lambda: stranger.request.get(node.url + "/", headers={"Accept": "text/html"}).status == 401)
        visit = Visit(browser, node.url, options, locale="en-US", http_credentials={"username": "elastic", "password": "secret"}).open()
        check("with it the page works", lambda: (len(visit.names()) > 20 and visit.page.locator(".frame.shown").count() >= 6, visit.names()[:2]))
        visit.search("a cat")
        check("and searches", lambda: len(visit.scores()) > 3)
        # The first request goes without, and is answered with the question.
        visit.clean("password", allowed=["401"])
        node.stop()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", default=BINARY)
    arguments.add_argument("--chromium", default="/usr/bin/chromium")
    arguments.add_argument("--screenshots", help="a folder for a picture of each state")
    options = arguments.parse_args()
    if options.screenshots:
        pathlib.Path(options.screenshots).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        node = Node(options.binary, folder, "--pictures", str(SAMPLES))
        node.start()
        try:
            subprocess.run([options.binary, "import", str(SAMPLES), "--index", "sample-images", "--url", node.url], check=True, capture_output=True)
            for flow in [first_screen, words, pictures, mixtures, viewer, held, others]:
                try:
                    flow(browser, node.url, options)
                except Exception as error:
                    check(f"{flow.__name__} goes through", lambda: (False, f"{type(error).__name__}: {error}"[:900]))
            states(browser, options)
        finally:
            node.stop()
            browser.close()
    done()


if __name__ == "__main__":
    main()
