#!/usr/bin/env python3
"""How soon the page shows what is typed, in a real browser, with many pictures.

    python3 -m venv ENV && ENV/bin/pip install playwright
    ENV/bin/python Benchmarks/page.py [--pictures 100000] [--searches 60] [--data FOLDER] [--binary PATH] [--chromium PATH]

Imports the sample pictures and adds mixtures of each two of their vectors, every one with the small copy of the first of the two, until
there are so many. Then it types searches, no two alike, and tells how long after the pause (and after the last key) the nearest pictures
stood on the page, and how long until the first six of them had been loaded and drawn. Times are the browser's own.
"""
import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import urllib.request

from playwright.sync_api import sync_playwright

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "Tools/acceptance"))
from harness import BINARY, ROOT, Node  # noqa: E402

INDEX = "many-pictures"
# What the page waits for after a key before it searches.
PAUSE = 110
SUBJECTS = "bird cat dog horse flower tree house car ship fish apple cake guitar mountain star".split()
KINDS = ["a", "a red", "a small blue", "two of a"]
WATCH = """
addEventListener("DOMContentLoaded", () => {
  const grid = document.getElementById("grid"), words = document.getElementById("words");
  words.addEventListener("input", () => { window.seen = { typed: performance.now() }; });
  const look = () => {
    const seen = window.seen, isThere = document.getElementById("results").getAttribute("aria-busy") === "false";
    if (!seen || !seen.changed) return;
    if (!seen.shown && isThere) requestAnimationFrame(() => { seen.shown ??= performance.now(); });
    const first = [...grid.querySelectorAll(".frame")].slice(0, 6);
    if (!seen.drawn && isThere && first.length === 6 && first.every(frame => frame.matches(".shown, .absent")))
      requestAnimationFrame(() => { seen.drawn ??= performance.now(); });
  };
  new MutationObserver(() => { if (window.seen) window.seen.changed = true; look(); }).observe(grid, { subtree: true, childList: true, characterData: true });
  new MutationObserver(look).observe(document.getElementById("results"), { attributes: true, subtree: true, attributeFilter: ["aria-busy", "class"] });
});
"""


def call(url, method, path, body=None):
    data = body.encode() if isinstance(body, str) else json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url + path, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def unit(vector):
    length = sum(x * x for x in vector) ** 0.5
    return [x / length for x in vector]


def fill(url, count):
    """As many pictures as are wanted, of those that are there."""
    found = call(url, "POST", f"/{INDEX}/_search", {"size": 1000, "query": {"exists": {"field": "relative_path"}}, "_source": {"exclude_vectors": False}})
    sources = [hit["_source"] for hit in found["hits"]["hits"]]
    have, rng = call(url, "GET", f"/{INDEX}/_count")["count"], random.Random(7)
    while have < count:
        lines = []
        for _ in range(min(1000, count - have)):
            first, second, part = rng.choice(sources), rng.choice(sources), rng.uniform(0.2, 0.9)
            vector = unit([a + part * b for a, b in zip(first["image_embedding"], second["image_embedding"])])
            fields = {key: first[key] for key in ("caption", "image_hash", "width", "height", "format", "keywords") if key in first}
            lines += ['{"index":{}}', json.dumps(fields | {"image_embedding": [round(x, 6) for x in vector]})]
        answer = call(url, "POST", f"/{INDEX}/_bulk", "\n".join(lines) + "\n")
        if answer["errors"]:
            raise SystemExit(answer["items"][0])
        have += len(lines) // 2
        print(f"\r{have} pictures", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    call(url, "POST", f"/{INDEX}/_refresh")


def measure(page, words):
    page.fill("#words", "")
    page.wait_for_timeout(400)
    page.evaluate("() => { window.seen = undefined; }")
    page.keyboard.type(words, delay=15)
    for _ in range(300):
        seen = page.evaluate("() => window.seen")
        if seen and seen.get("drawn"):
            return seen["shown"] - seen["typed"], seen["drawn"] - seen["typed"]
        page.wait_for_timeout(20)
    raise SystemExit(f"nothing was shown for {words}: {seen}")


def tell(what, times):
    times = sorted(times)
    print(f"{what}: median {statistics.median(times):.0f} ms, p90 {times[int(0.9 * (len(times) - 1))]:.0f} ms, most {times[-1]:.0f} ms")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pictures", type=int, default=100_000)
    arguments.add_argument("--searches", type=int, default=60)
    arguments.add_argument("--data", help="where the node's data stays; it is filled only as far as it is not full")
    arguments.add_argument("--binary", default=BINARY)
    arguments.add_argument("--chromium", default="/usr/bin/chromium")
    options = arguments.parse_args()
    searches = [f"{kind} {subject}" for kind in KINDS for subject in SUBJECTS][:options.searches]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        node = Node(options.binary, options.data or folder, "--pictures", str(ROOT / "Samples"))
        node.start()
        try:
            subprocess.run([options.binary, "import", str(ROOT / "Samples"), "--index", INDEX, "--url", node.url], check=True, capture_output=True)
            fill(node.url, options.pictures)
            browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1360, "height": 860})
            page.add_init_script(WATCH)
            page.goto(f"{node.url}/?index={INDEX}")
            page.wait_for_selector("#grid .card")
            page.focus("#words")
            measure(page, "anything at all")
            times = [measure(page, words) for words in searches]
            print(f"{options.pictures} pictures, {len(searches)} searches; {os.getloadavg()[0]:.1f} processes on {os.cpu_count()} cores")
            tell("shown, after the pause", [shown - PAUSE for shown, _ in times])
            tell("shown, after the last key", [shown for shown, _ in times])
            tell("six drawn, after the pause", [drawn - PAUSE for _, drawn in times])
            browser.close()
        finally:
            node.stop()


if __name__ == "__main__":
    main()
