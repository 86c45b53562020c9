#!/usr/bin/env python3
"""Documents without vectors, against tantivy, over the same documents in the same run.

    pip install numpy tantivy
    python3 Benchmarks/fields.py [--documents 1000000]

A keyword of 100, ten words whose frequencies fall as in Zipf's law, and a number. ClipSearch is asked over HTTP, each bulk durable when
it is answered; tantivy runs in this process without a server, and its documents are safe at the commit only. Both hold one segment
when they are asked, count all that matches, and must count the same. No query is asked twice. The term that is not there shows what a
request over HTTP costs by itself; tantivy finds places only, ClipSearch names the documents.
"""
import argparse
import concurrent.futures
import http.client
import json
import pathlib
import signal
import statistics
import subprocess
import tempfile
import time

import numpy
import tantivy

ROOT = pathlib.Path(__file__).resolve().parents[1]
BULK = 5_000
WORDS = 50_000


def documents(count):
    numbers = numpy.random.default_rng(1)
    letters = numbers.integers(97, 123, (WORDS, 8), dtype=numpy.uint8)
    words = [f"common{rank}" if rank < 100 else bytes(row).decode() for rank, row in enumerate(letters)]
    for start in range(0, count, BULK):
        rows = min(BULK, count - start)
        ranks = numpy.minimum(numpy.exp(numbers.random((rows, 10)) * numpy.log(WORDS)).astype(int), WORDS) - 1
        categories, values = numbers.integers(0, 100, rows), numbers.integers(0, 1_000_000, rows)
        yield [
            {"category": f"category-{categories[row]}", "text": " ".join(words[rank] for rank in ranks[row]), "number": int(values[row])}
            for row in range(rows)
        ]


class ClipSearch:
    name = "ClipSearch, HTTP"

    def __init__(self, folder, binary):
        self.process = subprocess.Popen(
            [binary, "serve", "--port", "0", "--data", folder], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        line = next(line for line in self.process.stdout if "http://" in line)
        self.address = line.split("http://", 1)[1].split()[0].rstrip("/")
        self.connection = http.client.HTTPConnection(self.address)
        properties = {"category": {"type": "keyword"}, "text": {"type": "text"}, "number": {"type": "long"}}
        self.call(self.connection, "PUT", "/documents", json.dumps({"settings": {"number_of_shards": 1}, "mappings": {"properties": properties}}))

    def call(self, connection, method, path, body=None, kind="application/json"):
        connection.request(method, path, body, {"Content-Type": kind} if body else {})
        answer = connection.getresponse()
        value = json.loads(answer.read())
        assert answer.status == 200, value
        return value

    def write(self, batches):
        bodies = ["".join('{"index":{}}\n' + json.dumps(document) + "\n" for document in batch).encode() for batch in batches]
        start = time.perf_counter()

        def send(lane):
            connection = http.client.HTTPConnection(self.address)
            for body in bodies[lane::2]:
                assert not self.call(connection, "POST", "/documents/_bulk", body, "application/x-ndjson")["errors"]

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(send, range(2)))
        return time.perf_counter() - start

    def finish(self):
        self.call(self.connection, "POST", "/documents/_forcemerge?max_num_segments=1")
        self.call(self.connection, "POST", "/documents/_refresh")

    def search(self, query, sort=None):
        body = {"query": query, "track_total_hits": True, "_source": False}
        if sort:
            body["sort"] = [{sort: "desc"}]
        return self.call(self.connection, "POST", "/documents/_search", json.dumps(body))["hits"]["total"]["value"]

    def words(self, *words):
        return self.search({"bool": {"should": [{"term": {"text": word}} for word in words], "minimum_should_match": 1}})

    def all_words(self, *words):
        return self.search({"bool": {"must": [{"term": {"text": word}} for word in words]}})

    def phrase(self, *words):
        return self.search({"match_phrase": {"text": " ".join(words)}})

    def filters(self, category, low, high):
        return self.search({"bool": {"filter": [{"term": {"category": category}}, {"range": {"number": {"gte": low, "lte": high}}}]}})

    def filtered_word(self, word, category):
        return self.search({"bool": {"must": [{"term": {"text": word}}], "filter": [{"term": {"category": category}}]}})

    def by_number(self, word):
        return self.search({"bool": {"filter": [{"term": {"text": word}}]}}, sort="number")

    def categories(self, low):
        body = {"size": 0, "query": {"range": {"number": {"gte": low}}}, "aggs": {"c": {"terms": {"field": "category", "size": 10}}}}
        return self.call(self.connection, "POST", "/documents/_search", json.dumps(body))["aggregations"]["c"]["buckets"][0]["doc_count"]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


class Tantivy:
    name = "tantivy, in process"

    def __init__(self, folder, _):
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("category", tokenizer_name="raw", fast=True, index_option="basic")
        builder.add_text_field("text", tokenizer_name="default")
        builder.add_integer_field("number", indexed=True, fast=True)
        builder.add_text_field("source", stored=True, tokenizer_name="raw", index_option="basic")
        self.schema = builder.build()
        pathlib.Path(folder).mkdir(parents=True)
        self.index = tantivy.Index(self.schema, path=folder)

    def write(self, batches):
        writer = self.index.writer(512 << 20, 2)
        bodies = [[json.dumps(document) for document in batch] for batch in batches]
        start = time.perf_counter()
        for batch in bodies:
            for body in batch:
                writer.add_json(body)
        writer.commit()
        seconds = time.perf_counter() - start
        writer.wait_merging_threads()
        return seconds

    def finish(self):
        self.index.reload()
        self.searcher = self.index.searcher()

    def term(self, field, value):
        return tantivy.Query.term_query(self.schema, field, value, "freq" if field == "text" else "basic")

    def search(self, query, sort=None):
        return self.searcher.search(query, 10, count=True, **({"order_by_field": sort} if sort else {})).count

    def join(self, occur, queries):
        return tantivy.Query.boolean_query([(occur, query) for query in queries])

    def words(self, *words):
        return self.search(self.join(tantivy.Occur.Should, [self.term("text", word) for word in words]))

    def all_words(self, *words):
        return self.search(self.join(tantivy.Occur.Must, [self.term("text", word) for word in words]))

    def phrase(self, *words):
        return self.search(tantivy.Query.phrase_query(self.schema, "text", list(words)))

    def range(self, low, high):
        return tantivy.Query.range_query(self.schema, "number", tantivy.FieldType.Integer, low, high)

    def filters(self, category, low, high):
        return self.search(tantivy.Query.const_score_query(
            self.join(tantivy.Occur.Must, [self.term("category", category), self.range(low, high)]), 0))

    def filtered_word(self, word, category):
        return self.search(self.join(
            tantivy.Occur.Must, [self.term("text", word), tantivy.Query.const_score_query(self.term("category", category), 0)]))

    def by_number(self, word):
        return self.search(self.term("text", word), sort="number")

    def categories(self, low):
        found = self.searcher.aggregate(self.range(low, None), {"c": {"terms": {"field": "category", "size": 10}}})
        return found["c"]["buckets"][0]["doc_count"]

    def stop(self):
        pass


# What is asked, of the n-th turn.
QUERIES = {
    "a term that is not there": lambda peer, n: peer.words(f"none{n}"),
    "term and range as filters": lambda peer, n: peer.filters(f"category-{n}", 200_000 + n, 700_000 - n),
    "BM25 top 10 of a common term": lambda peer, n: peer.words(f"common{n + 1}"),
    "BM25 top 10 of any of three terms": lambda peer, n: peer.words(f"common{n + 1}", f"common{n + 2}", f"common{n + 50}"),
    "BM25 top 10 of two terms": lambda peer, n: peer.all_words(f"common{n + 1}", f"common{n + 2}"),
    "BM25 top 10 of a term, filtered": lambda peer, n: peer.filtered_word(f"common{n + 1}", f"category-{n}"),
    "phrase of two terms": lambda peer, n: peer.phrase(f"common{n + 1}", f"common{n + 2}"),
    "top 10 of a term by number": lambda peer, n: peer.by_number(f"common{n + 1}"),
    "terms aggregation of 100 terms": lambda peer, n: peer.categories(n),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--binary", default=str(ROOT / ".build/release/clipsearch"))
    options = parser.parse_args()
    batches = list(documents(options.documents))
    with tempfile.TemporaryDirectory() as folder:
        peers = [kind(f"{folder}/{kind.__name__}", options.binary) for kind in (ClipSearch, Tantivy)]
        try:
            for peer in peers:
                seconds = peer.write(batches)
                peer.finish()
                print(f"{peer.name}: {options.documents / seconds:,.0f} documents/s", flush=True)
            print(f"\n| {options.documents:,} documents, ms (median of {options.turns}) | " + " | ".join(peer.name for peer in peers) + " | ratio |")
            print("|---|" + "---|" * (len(peers) + 1))
            for name, ask in QUERIES.items():
                times = {peer.name: [] for peer in peers}
                for turn in range(options.turns):
                    counts = []
                    for peer in peers:
                        start = time.perf_counter()
                        counts.append(ask(peer, turn))
                        times[peer.name].append((time.perf_counter() - start) * 1000)
                    assert len(set(counts)) == 1, (name, turn, counts)
                ours, theirs = (statistics.median(values) for values in times.values())
                print(f"| {name} | {ours:.2f} | {theirs:.2f} | {theirs / ours:.1f} |", flush=True)
        finally:
            for peer in peers:
                peer.stop()


if __name__ == "__main__":
    main()
