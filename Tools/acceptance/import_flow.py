#!/usr/bin/env python3
"""`clipsearch import` on a whole: killed in the middle, watching a folder, fields from a file, an index moved to another node.

    python3 Tools/acceptance/import_flow.py [--images FOLDER] [--embed node|here]

Imports FOLDER (default: the sample pictures) with a `kill -9` of the import after 30 % and one of the node after 60 %. Needs Python's
standard library only. Prints one line a check and ends with 'N passed, M failed'.
"""
import argparse
import atexit
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from harness import BINARY, ROOT, Node, check, done

PORT = 9767


class FixedNode(Node):
    """A node that comes back under the same address."""

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, "serve", "--port", str(PORT), "--data", self.data], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Whatever goes wrong: the next run's node has the same port.
        atexit.register(self.process.kill)
        self.url = f"http://127.0.0.1:{PORT}"
        for _ in range(600):
            try:
                ask(self.url)
                return
            except (OSError, urllib.error.URLError):
                time.sleep(0.1)
        raise SystemExit("the node did not start")


def ask(url, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def count(node, index):
    """Of what is stored, seen by searches or not yet: a small folder is imported before it would be seen."""
    try:
        ask(f"{node.url}/{index}/_refresh", method="POST")
        return ask(f"{node.url}/{index}/_count")["count"]
    except (OSError, urllib.error.URLError):
        return 0


def wait(what, seconds=120):
    end = time.time() + seconds
    while time.time() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


def numbers(text):
    """{'imported': 3, …} of the last line."""
    return {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", text.strip().splitlines()[-1])}


def flow(options, folder):
    node = FixedNode(options.binary, f"{folder}/data")
    node.start()

    def start(source, index, *more):
        return subprocess.Popen(
            [options.binary, "import", str(source), "--index", index, "--url", node.url, "--embed", options.embed, *more], cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def finish(process):
        out, err = process.communicate(timeout=7200)
        if not out.strip():
            raise RuntimeError(f"no summary, status {process.returncode}: {err}")
        return process.returncode, numbers(out), err

    total = sum(1 for path in options.images.rglob("*") if path.suffix.lower() in (".png", ".jpg", ".jpeg", ".webp", ".gif"))

    # Killed in the middle, twice.
    process = start(options.images, "photos")
    # Of few pictures, half are embedded before the first are seen.
    wait(lambda: count(node, "photos") >= min(1000, total * 3 // 10, 1 + total // 100), 3600)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    ask(f"{node.url}/photos/_refresh", method="POST")
    kept = count(node, "photos")
    check("an import that is killed leaves what it had stored", lambda: (0 < kept < total, kept))
    process = start(options.images, "photos")
    wait(lambda: count(node, "photos") >= total * 6 // 10, 3600)
    node.process.kill()
    node.process.wait()
    node.start()
    status, summary, _ = finish(process)
    check("the second import goes on there, and over a node that is killed", lambda: (
        summary["unchanged"] >= kept and summary["imported"] + summary["unchanged"] + summary["failed"] == total, summary))
    check("broken pictures give status 1", lambda: ((status == 1) == (summary["failed"] > 0), status))
    ask(f"{node.url}/photos/_refresh", method="POST")
    twice = {"size": 0, "aggs": {"twice": {"terms": {"field": "relative_path", "min_doc_count": 2}}}}
    check("nothing is there twice", lambda: (
        count(node, "photos") == summary["imported"] + summary["unchanged"]
        and ask(f"{node.url}/photos/_search", twice)["aggregations"]["twice"]["buckets"] == []))
    begin = time.time()
    _, again, _ = finish(start(options.images, "photos"))
    check("a finished import has nothing to do", lambda: (again["imported"] == 0 and again["unchanged"] == count(node, "photos"), again))
    print(f"     ({time.time() - begin:.1f} s)")

    # Fields from a file.
    small = pathlib.Path(folder) / "small"
    (small / "sub").mkdir(parents=True)
    for name in ("tiger.jpg", "apple.jpg"):
        shutil.copy(ROOT / "Samples" / name, small)
    shutil.copy(ROOT / "Samples/balloons.jpg", small / "sub")
    fields = pathlib.Path(folder) / "fields.csv"
    fields.write_text('file,caption,year:integer,keywords:list\ntiger.jpg,"A tiger, asleep",2024,animal|zoo\nsub/balloons.jpg,Balloons,1999,\n')
    finish(start(small, "small", "--fields", str(fields)))
    found = ask(f"{node.url}/small/_search", {"query": {"range": {"year": {"gte": 2000}}}})["hits"]["hits"]
    check("fields are searched by", lambda: (
        len(found) == 1 and found[0]["_source"]["caption"] == "A tiger, asleep" and found[0]["_source"]["keywords"] == ["animal", "zoo"], found))
    fields.write_text("file,year:integer\ntiger.jpg,long ago\n")
    status, _, err = (lambda p: (p.wait(), {}, p.stderr.read()))(start(small, "small", "--fields", str(fields)))
    check("a bad value is told with its line", lambda: (status != 0 and "fields.csv:2" in err and "year" in err, err))

    # In step with a folder.
    fields.write_text("file,caption\ntiger.jpg,A tiger\n")
    watching = start(small, "small", "--fields", str(fields), "--watch", "--interval", "0.3")
    time.sleep(5)
    shutil.copy(ROOT / "Samples/swan.jpg", small)
    os.rename(small / "apple.jpg", small / "sub/moved.jpg")
    (small / "sub/balloons.jpg").unlink()

    def paths():
        hits = ask(f"{node.url}/small/_search", {"size": 100, "_source": ["relative_path"]})["hits"]["hits"]
        return sorted(hit["_source"]["relative_path"] for hit in hits)

    check("created, moved and deleted files are followed", lambda: (
        wait(lambda: paths() == ["sub/moved.jpg", "swan.jpg", "tiger.jpg"]), paths()))
    watching.kill()
    watching.communicate()
    (small / "swan.jpg").unlink()
    finish(start(small, "small", "--delete"))
    check("what was deleted meanwhile goes with --delete", lambda: (paths() == ["sub/moved.jpg", "tiger.jpg"], paths()))

    # To another node.
    other = Node(options.binary, f"{folder}/other")
    other.start()

    def move():
        process = subprocess.run(
            [options.binary, "import", "--from-elasticsearch", node.url, "--index", "photos", "--url", other.url], cwd=ROOT,
            capture_output=True, text=True)
        return numbers(process.stdout)

    moved = move()
    check("an index moves over with its vectors", lambda: (moved["moved"] == count(node, "photos") == count(other, "photos"), moved))
    document = ask(f"{node.url}/photos/_search", {"size": 1})["hits"]["hits"][0]
    check("documents are the same", lambda: ask(f"{other.url}/photos/_doc/{document['_id']}")["_source"] == document["_source"])
    query = {"knn": {"field": "image_embedding", "query_vector": document["_source"]["image_embedding"], "k": 5, "num_candidates": 200}, "_source": False}
    ids = lambda at: [hit["_id"] for hit in ask(f"{at.url}/photos/_search", query)["hits"]["hits"]]
    check("they are found by their vectors", lambda: (ids(other)[:1] == ids(node)[:1], ids(other)))
    check("moved again, all is there", lambda: (lambda m: (m["moved"] == 0 and m["unchanged"] == count(node, "photos"), m))(move()))
    other.stop()
    node.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=BINARY)
    parser.add_argument("--images", type=pathlib.Path, default=ROOT / "Samples")
    parser.add_argument("--embed", choices=("node", "here"), default="node")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        flow(options, folder)
    done()


main()
