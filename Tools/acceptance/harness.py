"""What the acceptance flows share: a node of their own, and steps that are counted."""
import argparse
import atexit
import pathlib
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = str(ROOT / ".build/release/clipsearch")

passed = 0
failed = 0


def step(what, ok, seen=""):
    """Prints one line; the first failure ends the flow with status 1."""
    global passed
    print(f"{'ok  ' if ok else 'FAIL'} {what}" + (f": {seen}" if seen != "" else ""), flush=True)
    if not ok:
        print(f"{passed} passed, 1 failed")
        sys.exit(1)
    passed += 1


def check(what, call):
    """Runs one check and goes on after a failure: one is what returns false, or raises. Truth, or a pair of truth and what was seen."""
    global passed, failed
    try:
        outcome = call()
        ok, seen = outcome if isinstance(outcome, tuple) else (outcome, "")
    except Exception as error:
        ok, seen = False, f"{type(error).__name__}: {error}"[:600]
    print(f"{'ok  ' if ok else 'FAIL'} {what}" + (f": {seen}" if seen != "" and not ok else ""), flush=True)
    if ok:
        passed += 1
    else:
        failed += 1


def done():
    print(f"{passed} passed, {failed} failed")
    if failed:
        sys.exit(1)


def run(description, flow):
    """Starts a node with an empty data directory, gives its address to the flow, and prints the counts."""
    arguments = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", default=BINARY)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        node = Node(options.binary, folder)
        node.start()
        try:
            flow(node.url)
        finally:
            node.stop()
    done()


class Node:
    """A node of our own on a free port, stopped by its own process id."""

    def __init__(self, binary, data, *options):
        self.binary, self.data, self.options, self.process, self.url = binary, data, options, None, None

    def start(self):
        self.process = subprocess.Popen(
            [self.binary, "serve", "--port", "0", "--data", self.data, *self.options], cwd=ROOT, stdout=subprocess.PIPE,
            text=True)
        atexit.register(self.process.kill)
        for line in self.process.stdout:
            if "http://" in line:
                self.url = "http://" + line.split("http://", 1)[1].split()[0].rstrip(".,/")
                return
        raise SystemExit("the node did not start")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)
