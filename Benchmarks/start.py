#!/usr/bin/env python3
"""Seconds from starting a node to its first answer, with an index of many vectors on disk.

    pip install numpy
    python3 Benchmarks/start.py --vectors base.npy

Indexes the vectors over HTTP in an empty data directory, stops the node, and starts it again: after SIGTERM (the graph's
checkpoint is complete) and after SIGKILL right behind a bulk (the rest is inserted again).
"""
import argparse
import json
import pathlib
import signal
import subprocess
import tempfile
import time
import urllib.request

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[1]


class Node:
    def __init__(self, binary, data):
        self.command = [binary, "serve", "--port", "0", "--data", data]
        self.start()

    def start(self):
        start = time.perf_counter()
        self.process = subprocess.Popen(self.command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if "http://" in line:
                self.url = "http://" + line.split("http://", 1)[1].split()[0]
                break
        return start

    def call(self, method, path, body=None, kind="application/json"):
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": kind}, method=method)
        return json.load(urllib.request.urlopen(request))

    def stop(self, how):
        self.process.send_signal(how)
        self.process.wait()


def bulk(node, vectors, first):
    for start in range(0, len(vectors), 500):
        lines = []
        for row, vector in enumerate(vectors[start:start + 500]):
            lines += [json.dumps({"index": {"_id": str(first + start + row)}}), json.dumps({"v": [round(float(x), 6) for x in vector]})]
        assert not node.call("POST", "/start/_bulk", ("\n".join(lines) + "\n").encode(), "application/x-ndjson")["errors"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vectors", required=True)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--binary", default=str(ROOT / ".build/release/clipsearch"))
    options = parser.parse_args()
    vectors = np.load(options.vectors, mmap_mode="r")[:options.rows]
    late = vectors[-len(vectors) // 20:]

    with tempfile.TemporaryDirectory() as data:
        node = Node(options.binary, data)
        search = {"knn": {"field": "v", "query_vector": vectors[7].astype(float).tolist(), "k": 3, "num_candidates": 50}, "_source": False}

        def restart(how, what):
            node.stop(how)
            started = node.start()
            first = node.call("POST", "/start/_search", search)
            seconds = time.perf_counter() - started
            count = node.call("GET", "/start/_count")["count"]
            assert first["hits"]["hits"][0]["_id"] == "7" and count == len(vectors), (first, count)
            print(f"{what}: {seconds:.2f} s to the first answer, {count} documents", flush=True)

        try:
            node.call("PUT", "/start", {"mappings": {"properties": {"v": {
                "type": "dense_vector", "dims": vectors.shape[1], "similarity": "cosine", "index_options": {"type": "hnsw"}}}}})
            bulk(node, vectors, 0)
            restart(signal.SIGTERM, "after SIGTERM")
            restart(signal.SIGTERM, "after SIGTERM again")
            bulk(node, late, len(vectors) - len(late))
            restart(signal.SIGKILL, f"after SIGKILL behind {len(late)} updates")
        finally:
            node.stop(signal.SIGTERM)


if __name__ == "__main__":
    main()
