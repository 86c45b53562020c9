#!/usr/bin/env python3
"""`clipsearch model pull` against local_hub.py: what comes, what is sent where, what a broken line or a bad file leaves.

    Tools/acceptance/pull_flow.py [--binary .build/release/clipsearch]

With huggingface_hub installed, the hub's own client first shows that the local hub has the real one's layout. Prints one
line a step and ends with 'N passed, 0 failed'; the first failure ends it with status 1.
"""
import argparse
import contextlib
import filecmp
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.request

from harness import BINARY, ROOT, done, step


class Hub:
    """local_hub.py on a free port, with its log."""

    def __init__(self, folder, log, *options):
        self.log = log
        script = ROOT / "Tools/acceptance/local_hub.py"
        command = [sys.executable, script, "--port", "0", f"acme/Compact={folder}", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=open(log, "w"), text=True)
        self.url = self.process.stdout.readline().strip().removeprefix("HF_ENDPOINT=")

    def lines(self):
        return self.log.read_text().splitlines()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def same(folder, pulled):
    """Whether a pulled model has the files of the folder's parts, and no other."""
    wanted = {name for name in files(folder) if name.startswith(("text/", "image/"))}
    return files(pulled) == wanted and not filecmp.cmpfiles(folder, pulled, wanted, shallow=False)[1]


def visible(models):
    return sorted(path.name for path in models.iterdir() if not path.name.startswith(".")) if models.exists() else []


def flow(binary, model, work):
    def pull(hub, models, *options, token=None):
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("HF_", "HUGGING"))}
        environment |= {"HF_ENDPOINT": hub.url, "HF_HOME": str(work / "home")} | ({"HF_TOKEN": token} if token else {})
        name = options[0] if options and "/" in options[0] else "acme/Compact"
        rest = options[1:] if options and "/" in options[0] else options
        command = [binary, "model", "pull", name, "--models", models, *rest]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    with Hub(model, work / "plain.log") as hub:
        with contextlib.suppress(ImportError):
            os.environ |= {"HF_ENDPOINT": hub.url, "HF_HOME": str(work / "client")}
            from huggingface_hub import HfApi, snapshot_download
            snapshot_download("acme/Compact", local_dir=work / "copy", allow_patterns=["text/*", "image/*"])
            shutil.rmtree(work / "copy/.cache")
            step("the hub's own client", same(model, work / "copy"))
            step("lists the same files", set(HfApi().list_repo_files("acme/Compact")) == files(model))

        models = work / "models"
        done = pull(hub, models)
        step("pull", done.returncode == 0, done.stdout.strip())
        step("the files that the model needs, and no other", same(model, models / "acme__compact"))
        step("nothing else is left", os.listdir(models) == ["acme__compact"])
        before = len(hub.lines())
        done = pull(hub, models)
        step("again: it is there", "was already" in done.stdout)
        step("again: no file was fetched", all("/api/models/" in line for line in hub.lines()[before:]))
        step("by another id", pull(hub, models, "--id", "mine").returncode == 0 and "mine" in visible(models))
        command = [binary, "model", "list", "--models", models]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
        step("both are listed", "acme__compact" in listed and "mine" in listed)
        for options, words in [(("acme/none",), "no model acme/none"), (("--revision", "v9"), "no revision [v9]"),
                               (("--id", "A/B"), "not a model id"), (("acme/a/b",), "not a model's name")]:
            done = pull(hub, work / "none", *options)
            step("refused", done.returncode == 1 and words in done.stderr, done.stderr.splitlines()[-1])

    with Hub(model, work / "broken.log", "--break-after", "10000000") as hub:
        done = pull(hub, work / "broken")
        step("a line that breaks", done.returncode == 0 and same(model, work / "broken/acme__compact"))
        step("was taken up", any("bytes=" in line and line.endswith("206") for line in hub.lines()))
    with Hub(model, work / "bad.log", "--break-after", "1000000") as hub:
        done = pull(hub, work / "bad")
        step("a line that breaks too often", done.returncode == 1 and "cannot be reached" in done.stderr)
        step("leaves no model", visible(work / "bad") == [])
        runs = 1
        while pull(hub, work / "bad").returncode and runs < 20:
            runs += 1
        step("the next runs go on", same(model, work / "bad/acme__compact"), f"{runs + 1} runs")

    with Hub(model, work / "token.log", "--token", "secret") as hub:
        step("without a token", "HF_TOKEN" in pull(hub, work / "token").stderr)
        step("with a wrong one", "refuses the access token" in pull(hub, work / "token", token="wrong").stderr)
        step("with the token", pull(hub, work / "token", token="secret").returncode == 0)
        elsewhere = [line for line in hub.lines() if line.startswith("elsewhere")]
        step("which went to no other host", elsewhere and all("[no token]" in line for line in elsewhere))
    with Hub(model, work / "gated.log", "--gated", "acme/Compact") as hub:
        step("gated", "is gated" in pull(hub, work / "gated").stderr and visible(work / "gated") == [])

    damaged = work / "source"
    shutil.copytree(model, damaged, copy_function=shutil.copyfile)
    with Hub(damaged, work / "damaged.log") as hub:
        weights = damaged / "image/model.safetensors"
        content = bytearray(weights.read_bytes())
        content[len(content) // 2] ^= 1
        weights.write_bytes(content)
        done = pull(hub, work / "damaged")
        step("a damaged file", done.returncode == 1 and "came damaged" in done.stderr and visible(work / "damaged") == [])

    deploy(binary, work, models)


def deploy(binary, work, models):
    command = [binary, "serve", "--port", "0", "--data", work / "data", "--models", models]
    node = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        address = next(line.split()[-1] for line in node.stdout if line.startswith("ClipSearch is listening"))
        url = f"{address}/_ml/trained_models/acme__compact"

        def post(path, body=None):
            content = json.dumps(body).encode() if body else None
            request = urllib.request.Request(url + path, content, {"Content-Type": "application/json"}, method="POST")
            return json.load(urllib.request.urlopen(request, timeout=60))

        post("/deployment/_start?wait_for=started")
        vector = post("/_infer", {"docs": [{"text_field": "a birthday cake"}]})["inference_results"][0]["predicted_value"]
        step("deployed", len(vector) == 384, vector[:3])
    finally:
        node.terminate()
        node.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, default=pathlib.Path(BINARY))
    parser.add_argument("--model", type=pathlib.Path, default=ROOT / "Models/compact")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        flow(options.binary.resolve(), options.model, pathlib.Path(work))
    done()


if __name__ == "__main__":
    main()
