#!/usr/bin/env python3
"""Embeds a listing of pictures through several ClipSearch encoders, and bulks the vectors into one index.

The listing has a path a line, readable by every worker (a shared file system), or a path relative to --root. Spark splits it; each
partition talks to one encoder after the other, and to the target in bulks. Documents have the ids and
fields of `clipsearch import`, but not those by which it tells what has changed: pictures that are in the index already, with the same
bytes, are not embedded again, so a job that broke off is simply run again.

    python3 -m venv spark && spark/bin/pip install pyspark
    clipsearch serve --port 9201 --data encoder1 &
    clipsearch serve --port 9202 --data encoder2 &
    find /pictures -name '*.jpg' > listing.txt
    spark/bin/python examples/spark_embed.py listing.txt --root /pictures --index photos \\
        --encoders http://127.0.0.1:9201,http://127.0.0.1:9202 --target http://127.0.0.1:9201

Workers need Python's standard library only.
"""
import argparse
import base64
import hashlib
import http.client
import json
import os
import random
import sys
import time
import urllib.parse

PASSING = {429, 502, 503, 504}
TYPES = {b"\xff\xd8\xff": "jpeg", b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp"}


class Refused(Exception):
    """A node's answer that sending again does not change."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status


class Node:
    """One node, over one connection that is kept."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.url = url
        self.connection_type = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.address = (parts.hostname, parts.port or (443 if parts.scheme == "https" else 9200))
        self.headers = {"Accept": "application/json"}
        if parts.username:
            pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
            self.headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        self.connection = None

    def once(self, method, path, body=None, content_type="application/json"):
        """The status and the answer; raises OSError or HTTPException where there is none."""
        try:
            if self.connection is None:
                self.connection = self.connection_type(*self.address, timeout=600)
            headers = dict(self.headers, **({"Content-Type": content_type} if body is not None else {}))
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            text = response.read()
            return response.status, json.loads(text) if text else {}
        except (OSError, http.client.HTTPException):
            if self.connection is not None:
                self.connection.close()
            self.connection = None
            raise


def reason(answer):
    error = answer.get("error", answer)
    return error.get("reason") or str(error) if isinstance(error, dict) else str(error)


def send(nodes, method, path, body=None, content_type="application/json", attempts=12):
    """Asks the first of `nodes`; while it is busy or away, the next, with growing pauses."""
    pause = 0.25
    for attempt in range(attempts):
        node = nodes[attempt % len(nodes)]
        try:
            status, answer = node.once(method, path, body, content_type)
            if status < 300:
                return answer
            if status not in PASSING:
                raise Refused(status, reason(answer))
            trouble = reason(answer)
        except (OSError, http.client.HTTPException) as error:
            trouble = f"{node.url} does not answer: {error}"
        if attempt + 1 < attempts:
            time.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(pause * 2, 15)
    raise RuntimeError(trouble)


def infer(encoders, model, pictures):
    """A vector, or the reason why there is none, for each picture."""
    docs = [{"image_field": f"data:image/{kind};base64," + base64.b64encode(data).decode()} for kind, data in pictures]
    path = f"/_ml/trained_models/{urllib.parse.quote(model, safe='')}/_infer?timeout=10m"
    try:
        answer = send(encoders, "POST", path, json.dumps({"docs": docs}))
        return [result["predicted_value"] for result in answer["inference_results"]]
    except Refused as refusal:
        if refusal.status not in (400, 413):
            raise
        if len(pictures) == 1:
            return [str(refusal)]
    # One picture that cannot be read fails its whole request, so each is asked for alone to find it.
    return [infer(encoders, model, [picture])[0] for picture in pictures]


def read(root, listed):
    path = os.path.join(root, listed)
    relative = os.path.relpath(path, root) if root else listed
    with open(path, "rb") as file:
        data = file.read()
    kind = next((kind for start, kind in TYPES.items() if data.startswith(start)), "jpeg")
    return relative, kind, data


def embed_partition(number, lines, options):
    """Yields (path, what became of it, reason, encoder) for each line of a partition."""
    encoders = [Node(url) for url in options["encoders"]]
    # Each partition begins with another encoder, and goes to the others only while its own is busy or away.
    encoders = encoders[number % len(encoders):] + encoders[:number % len(encoders)]
    target = [Node(options["target"])]
    index = urllib.parse.quote(options["index"], safe="")

    def flush(batch):
        ids = [hashlib.sha256(relative.encode()).hexdigest()[:32] for relative, _, _ in batch]
        hashes = [hashlib.sha256(data).hexdigest() for _, _, data in batch]
        stored = send(target, "POST", f"/{index}/_mget?_source_includes=image_hash", json.dumps({"ids": ids}))["docs"]
        known = {doc["_id"]: doc.get("_source", {}).get("image_hash") for doc in stored if doc.get("found")}
        wanted = [i for i in range(len(batch)) if known.get(ids[i]) != hashes[i]]
        for i in set(range(len(batch))) - set(wanted):
            yield batch[i][0], "unchanged", "", ""
        if not wanted:
            return
        vectors = infer(encoders, options["model"], [batch[i][1:] for i in wanted])
        lines, sent = [], []
        for i, vector in zip(wanted, vectors):
            relative, kind, _ = batch[i]
            if isinstance(vector, str):
                yield relative, "failed", vector, ""
                continue
            lines.append(json.dumps({"index": {"_id": ids[i]}}))
            lines.append(json.dumps({
                "image_id": ids[i], "image_name": os.path.basename(relative), "relative_path": relative, "image_embedding": vector,
                "image_hash": hashes[i], "format": kind,
            }))
            sent.append(relative)
        if not sent:
            return
        # Of a bulk the whole is sent again where a busy node refused some: the ids stay the same.
        for attempt in range(8):
            items = send(target, "POST", f"/{index}/_bulk", "\n".join(lines) + "\n", "application/x-ndjson")["items"]
            if all(item["index"]["status"] != 429 for item in items):
                break
            time.sleep(min(0.25 * 2 ** attempt, 15))
        for relative, item in zip(sent, items):
            error = item["index"].get("error")
            yield (relative, "failed", reason({"error": error}), "") if error else (relative, "embedded", "", encoders[0].url)

    batch, size = [], 0
    for line in lines:
        if not line.strip():
            continue
        try:
            picture = read(options["root"], line)
        except OSError as error:
            yield line, "failed", str(error), ""
            continue
        batch.append(picture)
        size += len(picture[2])
        if len(batch) >= options["batch"] or size > 24 << 20:
            yield from flush(batch)
            batch, size = [], 0
    if batch:
        yield from flush(batch)


def summarize(number, lines, options):
    """What became of a partition, which is small however many pictures there are."""
    counts, failures = {}, []
    for path, outcome, why, encoder in embed_partition(number, lines, options):
        counts[outcome, encoder] = counts.get((outcome, encoder), 0) + 1
        if outcome == "failed" and len(failures) < 10_000:
            failures.append((path, why))
    yield counts, failures


def make_index(options):
    """Makes the index, as `clipsearch import` would, if it is not there."""
    target = Node(options["target"])
    path = "/" + urllib.parse.quote(options["index"], safe="")
    try:
        return send([target], "HEAD", path)
    except Refused as refusal:
        if refusal.status != 404:
            raise
    encoders = [Node(url) for url in options["encoders"]]
    words = json.dumps({"docs": [{"text_field": "a picture"}]})
    try:
        answer = send(encoders, "POST", f"/_ml/trained_models/{urllib.parse.quote(options['model'], safe='')}/_infer", words)
        dimensions = len(answer["inference_results"][0]["predicted_value"])
    except Refused:
        if not options["dimensions"]:
            raise SystemExit("The model reads no words: --dimensions says how long its vectors are.")
        dimensions = options["dimensions"]
    keyword = {"type": "keyword"}
    try:
        send([target], "PUT", path, json.dumps({"mappings": {
            "_meta": {"clipsearch": {"model": options["model"]}},
            "properties": {
                "image_id": keyword, "image_name": keyword, "relative_path": keyword, "image_hash": keyword, "format": keyword,
                "image_embedding": {"type": "dense_vector", "dims": dimensions, "index": True, "similarity": "cosine"},
            }}}))
    except Refused as refusal:
        if "exists" not in str(refusal):
            raise


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("listing", help="a file with a picture's path a line")
    parser.add_argument("--root", default="", help="the folder that paths are relative to, in the index too")
    parser.add_argument("--index", required=True)
    parser.add_argument("--model", default="compact")
    parser.add_argument("--encoders", required=True, help="addresses of ClipSearch nodes, with commas between them")
    parser.add_argument("--target", help="the node that holds the index (default: the first encoder)")
    parser.add_argument("--master", help="Spark's master, for example local[4] or local-cluster[2,1,1024] (default: spark-submit's, or local[*])")
    parser.add_argument("--partitions", type=int, default=0, help="tasks (default: 4 an encoder)")
    parser.add_argument("--batch", type=int, default=32, help="pictures in a request")
    parser.add_argument("--dimensions", type=int, default=0, help="of the vectors, for a model that reads no words")
    arguments = parser.parse_args()
    options = vars(arguments)
    options["encoders"] = [url.rstrip("/") for url in arguments.encoders.split(",") if url]
    options["target"] = (arguments.target or options["encoders"][0]).rstrip("/")
    make_index(options)

    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("spark_embed")
    if arguments.master or "SPARK_ENV_LOADED" not in os.environ:
        builder = builder.master(arguments.master or "local[*]")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    start = time.time()
    partitions = arguments.partitions or 4 * len(options["encoders"])
    lines = session.sparkContext.textFile(arguments.listing).repartition(partitions)
    summaries = lines.mapPartitionsWithIndex(lambda number, part: summarize(number, part, options)).collect()
    counts, failures = {}, []
    for partition_counts, partition_failures in summaries:
        for key, count in partition_counts.items():
            counts[key] = counts.get(key, 0) + count
        failures += partition_failures
    seconds = time.time() - start
    Node(options["target"]).once("POST", f"/{urllib.parse.quote(options['index'], safe='')}/_refresh")
    for path, why in sorted(failures):
        print(f"{path}: {why}", file=sys.stderr)
    for (outcome, encoder), count in sorted(counts.items()):
        print(f"{count} {outcome}" + (f" by {encoder}" if encoder else ""))
    embedded = sum(count for (outcome, _), count in counts.items() if outcome == "embedded")
    print(f"{embedded / seconds:.1f} pictures/s over {seconds:.0f} s, {len(options['encoders'])} encoders, {partitions} partitions")
    session.stop()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
