#!/usr/bin/env python3
"""The flow of Elastic's image-search article, by an unmodified Elasticsearch client.

It starts a node on a free port with an empty data directory, and then does what the article's programs do: create the
index with the article's mapping, import pictures with the bulk helper, turn a sentence into a vector with _infer, search
by it with kNN, `fields` and `_source: false`, find similar pictures by a hit's own vector, restart the node, and ask again.

    python3 -m venv /tmp/es8 && /tmp/es8/bin/pip install 'elasticsearch>=8.19,<9'
    /tmp/es8/bin/python Tools/acceptance/article_flow.py
    python3 -m venv /tmp/es9 && /tmp/es9/bin/pip install 'elasticsearch>=9,<10'
    /tmp/es9/bin/python Tools/acceptance/article_flow.py

Prints one line a step and ends with 'N passed, 0 failed'; the first failure ends it with status 1.
"""
import argparse
import base64
import json
import pathlib
import tempfile

import elasticsearch
from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.helpers import parallel_bulk

from harness import BINARY, ROOT, Node, done, step

INDEX = "my-image-embeddings"
MODEL = "compact"
MAPPINGS = {
    "properties": {
        "image_embedding": {"type": "dense_vector", "dims": 384, "index": True, "similarity": "cosine"},
        "image_id": {"type": "keyword"},
        "image_name": {"type": "keyword"},
        "relative_path": {"type": "keyword"},
        "exif": {"properties": {"location": {"type": "geo_point"}, "date": {"type": "date"}}},
    }
}
SETTINGS = {"index.refresh_interval": "5s"}


def infer(client, document):
    answer = client.ml.infer_trained_model(model_id=MODEL, docs=[document])
    return answer["inference_results"][0]["predicted_value"]


def knn(client, vector, k=5):
    return client.search(
        index=INDEX, fields=["image_id", "image_name", "relative_path"], source=False,
        knn={"field": "image_embedding", "query_vector": vector, "k": k, "num_candidates": 10})


def names(answer):
    return [hit["fields"]["image_name"][0] for hit in answer["hits"]["hits"]]


def documents(client, folder, count):
    for number, path in enumerate(sorted(folder.glob("*.jpg"))[:count]):
        picture = base64.b64encode(path.read_bytes()).decode()
        yield {
            "_index": INDEX,
            "image_id": path.stem,
            "image_name": path.name,
            "relative_path": str(path.relative_to(ROOT)),
            "image_embedding": infer(client, {"image_field": "data:image/jpeg;base64," + picture}),
            "exif": {} if number % 2 else {"location": [13.4, 52.5], "date": "2023-05-01T12:00:00"},
        }


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", default=BINARY)
    arguments.add_argument("--images", type=pathlib.Path, default=ROOT / "Samples")
    arguments.add_argument("--count", type=int, default=500)
    options = arguments.parse_args()
    print("elasticsearch-py", elasticsearch.__versionstr__)

    with tempfile.TemporaryDirectory() as data:
        node = Node(options.binary, data)
        node.start()
        try:
            flow(node, options)
        finally:
            if node.process.poll() is None:
                node.stop()
    done()


def flow(node, options):
    client = Elasticsearch(node.url, request_timeout=60)
    info = client.info()
    step("info", info["tagline"] == "You Know, for Search", info["version"]["number"])
    stats = client.ml.get_trained_models_stats(model_id=MODEL)["trained_model_stats"][0]
    step("the model is started", stats["deployment_stats"]["state"] == "started")

    step("the index is not there yet", not client.indices.exists(index=INDEX))
    client.indices.create(index=INDEX, mappings=MAPPINGS, settings=SETTINGS)
    step("create the index with the article's mapping", bool(client.indices.exists(index=INDEX)))

    results = list(parallel_bulk(
        client.options(request_timeout=120), documents(client, options.images, options.count), thread_count=4))
    step("import by parallel_bulk", results and all(ok for ok, _ in results), len(results))
    client.indices.refresh(index=INDEX)
    step("count", client.count(index=INDEX)["count"] == len(results))

    vector = infer(client, {"text_field": "a birthday cake"})
    step("_infer a sentence", len(vector) == 384, vector[:3])
    old = client.perform_request(
        "POST", f"/_ml/trained_models/{MODEL}/deployment/_infer", body={"docs": [{"text_field": "a birthday cake"}]},
        headers={"accept": "application/json", "content-type": "application/json"})
    step("the older /deployment/_infer agrees", old["predicted_value"] == vector)

    found = knn(client, vector)
    step("kNN search with fields and without _source", len(names(found)) == 5, names(found))
    step("no _source", all("_source" not in hit for hit in found["hits"]["hits"]))
    step("scores fall", (scores := [h["_score"] for h in found["hits"]["hits"]]) == sorted(scores, reverse=True), scores)

    first = found["hits"]["hits"][0]["fields"]["image_id"][0]
    stored = client.search(index=INDEX, query={"term": {"image_id": {"value": first, "boost": 1.0}}}, source=True)
    own = stored["hits"]["hits"][0]["_source"]["image_embedding"]
    similar = knn(client, own)
    step("find similar: the picture itself comes first", names(similar)[0] == first + ".jpg", names(similar))
    exact = client.search(index=INDEX, size=5, fields=["image_name"], source=False, query={"script_score": {
        "query": {"match_all": {}},
        "script": {"source": "cosineSimilarity(params.query_vector, 'image_embedding') + 1.0",
                   "params": {"query_vector": own}}}})
    step("exact search agrees", names(exact) == names(similar))
    built = client.search(index=INDEX, fields=["image_name"], source=False, knn={
        "field": "image_embedding", "k": 5, "num_candidates": 10, "query_vector_builder": {
            "text_embedding": {"model_id": MODEL, "model_text": "a birthday cake"}}})
    step("query_vector_builder agrees", names(built) == names(found))
    try:
        client.ml.infer_trained_model(model_id="absent", docs=[{"text_field": "x"}])
        step("an unknown model is not found", False)
    except NotFoundError as error:
        step("an unknown model is not found", error.error == "resource_not_found_exception", error.error)

    client.close()
    step("SIGTERM stops the node", node.stop() == 0)
    node.start()
    client = Elasticsearch(node.url, request_timeout=60)
    again = knn(client, vector)
    step("after a restart: the same answers", names(again) == names(found))
    step("with the same scores", [h["_score"] for h in again["hits"]["hits"]] == scores)
    client.indices.delete(index=INDEX)
    step("delete the index", not client.indices.exists(index=INDEX))
    client.close()


if __name__ == "__main__":
    main()
