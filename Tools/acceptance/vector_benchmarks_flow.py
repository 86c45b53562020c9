#!/usr/bin/env python3
"""The calls that ann-benchmarks and VectorDBBench make of Elasticsearch, with a recall that they would print.

    python3 -m venv /tmp/vb && /tmp/vb/bin/pip install 'elasticsearch>=8.19,<9' numpy
    /tmp/vb/bin/python Tools/acceptance/vector_benchmarks_flow.py

Prints one line a check, goes on after a failure, and ends with 'N passed, M failed'.
"""
import warnings

import elasticsearch
import numpy
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from harness import check, run

warnings.filterwarnings("ignore")
COUNT, DIMS, K = 3000, 64, 10
RANDOM = numpy.random.default_rng(11)
VECTORS = RANDOM.standard_normal((COUNT, DIMS)).astype(numpy.float32)
VECTORS /= numpy.linalg.norm(VECTORS, axis=1, keepdims=True)
QUERIES = VECTORS[:20] + 0.1 * RANDOM.standard_normal((20, DIMS)).astype(numpy.float32)
LABELS = [f"label_{number % 5}" for number in range(COUNT)]


def exact(query, metric, allowed):
    if metric == "euclidean":
        scores = -numpy.linalg.norm(VECTORS - query, axis=1)
    else:
        scores = VECTORS @ (query / numpy.linalg.norm(query))
    return set([int(n) for n in numpy.argsort(-scores) if allowed(int(n))][:K])


def recall(search, metric="angular", allowed=lambda number: True):
    hits = sum(len(set(search(query)) & exact(query, metric, allowed)) for query in QUERIES)
    return hits / (K * len(QUERIES))


def flow(url):
    print("elasticsearch-py", elasticsearch.__versionstr__)
    client = Elasticsearch([url], request_timeout=180)
    for metric, similarity in (("angular", "cosine"), ("euclidean", "l2_norm")):
        for kind in ("hnsw", "int8_hnsw"):
            ann_benchmarks(client, metric, similarity, kind)
    for kind in ("hnsw", "int8_hnsw", "int4_hnsw", "bbq_hnsw"):
        vectordbbench(client, kind)
    for metric in ("l2_norm", "dot_product"):
        vectordbbench(client, "hnsw", similarity=metric)
    routed(client)
    words(client)


def ann_benchmarks(client, metric, similarity, kind):
    index = f"{metric}-{DIMS}-ef_construction-100-m-16-type-{kind}"
    check(f"ann-benchmarks {metric} {kind}: health", lambda: client.cluster.health(
        wait_for_status="yellow", request_timeout=5)["status"] in ("yellow", "green"))
    check("create", lambda: client.indices.create(
        index=index, settings={"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": -1},
        mappings={"properties": {
            "id": {"type": "keyword", "store": True},
            "vec": {"type": "dense_vector", "element_type": "float", "dims": DIMS, "index": True, "similarity": similarity,
                    "index_options": {"type": kind, "m": 16, "ef_construction": 100}}}})["acknowledged"])
    check("bulk", lambda: bulk(client, ({"_op_type": "index", "_index": index, "id": str(n), "vec": vector.tolist()}
                                        for n, vector in enumerate(VECTORS)), chunk_size=500, request_timeout=90) == (COUNT, []))
    check("forcemerge and refresh", lambda: client.indices.forcemerge(index=index, max_num_segments=1, request_timeout=900)[
        "_shards"]["failed"] == 0 and client.indices.refresh(index=index, request_timeout=900)["_shards"]["failed"] == 0)

    def search(query):
        found = client.search(
            index=index, body={"knn": {"field": "vec", "query_vector": query.tolist(), "k": K, "num_candidates": 100}}, size=K,
            _source=False, docvalue_fields=["id"], stored_fields="_none_", filter_path=["hits.hits.fields.id"], request_timeout=10)
        return [int(hit["fields"]["id"][0]) for hit in found["hits"]["hits"]]
    check("recall above 0.9", lambda: ((seen := recall(search, metric)) > 0.9, seen))


def load(client, index, kind, similarity, labelled, routing=False, shards=1):
    if client.indices.exists(index=index).raw:
        client.indices.delete(index=index)
    client.indices.create(
        index=index,
        mappings={"_source": {"excludes": ["vector"]}, "properties": {
            "id": {"type": "integer", "store": True},
            "vector": {"dims": DIMS, "type": "dense_vector", "index": True, "element_type": "float", "similarity": similarity,
                       "index_options": {"type": kind, "m": 16, "ef_construction": 100}}}},
        settings={"index": {"number_of_shards": shards, "number_of_replicas": 0, "refresh_interval": "30s",
                            "merge.scheduler.max_thread_count": 8}})
    made = []
    for number, vector in enumerate(VECTORS):
        action = {"_index": index, "_source": {"id": number, "vector": vector.tolist()}}
        if labelled:
            action["_source"]["label"] = LABELS[number]
        if routing:
            action["_routing"] = LABELS[number]
        made.append(action)
    stored = bulk(client, made)[0]
    client.indices.refresh(index=index)
    task = client.indices.forcemerge(index=index, max_num_segments=1, wait_for_completion=False)["task"]
    while not client.tasks.get(task_id=task)["completed"]:
        pass
    client.indices.refresh(index=index)
    return stored == COUNT


def searcher(client, index, filters, routing=None, rescore=None):
    def search(query):
        knn = {"field": "vector", "k": K, "num_candidates": 100, "filter": filters, "query_vector": query.tolist()}
        if rescore:
            knn["rescore_vector"] = {"oversample": rescore}
        found = client.search(
            index=index, knn=knn, routing=routing, size=K, _source=False, docvalue_fields=["id"], stored_fields="_none_",
            filter_path=["hits.hits.fields.id"])
        return [hit["fields"]["id"][0] for hit in found["hits"]["hits"]]
    return search


def vectordbbench(client, kind, similarity="cosine"):
    index = f"vdb_bench_indice_{kind}_{similarity}"
    metric = "euclidean" if similarity == "l2_norm" else "angular"
    unit = similarity != "dot_product"
    check(f"VectorDBBench {kind} {similarity}: create, insert, optimize", lambda: load(client, index, kind, similarity, True))

    def measured(filters, allowed=lambda number: True, **named):
        def wrapped(query):
            return searcher(client, index, filters, **named)(query if unit else query / numpy.linalg.norm(query))
        return recall(wrapped, metric, allowed)
    low = {"hnsw": 0.9, "int8_hnsw": 0.9, "int4_hnsw": 0.7, "bbq_hnsw": 0.4}[kind]
    check("no filter", lambda: ((seen := measured([])) > low, seen))
    check("a number's filter", lambda: ((seen := measured(
        {"range": {"id": {"gt": COUNT // 2}}}, lambda number: number > COUNT // 2)) > low, seen))
    check("a label's filter", lambda: ((seen := measured(
        {"term": {"label": "label_3"}}, lambda number: LABELS[number] == "label_3")) > low, seen))
    if kind != "hnsw":
        check("rescored", lambda: ((seen := measured([], rescore=3.0)) > 0.9, seen))
    check("no vector in _source", lambda: set(client.search(index=index, size=1)["hits"]["hits"][0]["_source"]) == {"id", "label"})


def routed(client):
    check("VectorDBBench with routing", lambda: load(client, "vdb_routed", "hnsw", "cosine", True, routing=True, shards=3))
    check("search with routing", lambda: ((seen := recall(
        searcher(client, "vdb_routed", {"term": {"label": "label_2"}}, routing="label_2"),
        allowed=lambda number: LABELS[number] == "label_2")) > 0.9, seen))


def words(client):
    """VectorDBBench's full-text case."""
    def made():
        client.indices.create(
            index="vdb_fts",
            mappings={"properties": {
                "doc_id": {"type": "keyword"}, "text": {"type": "text", "similarity": "custom_bm25"}, "filter_id": {"type": "integer"}}},
            settings={"index": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "30s",
                                "similarity": {"custom_bm25": {"type": "BM25", "k1": 0.9, "b": 0.4}}}})
        return True
    check("VectorDBBench's full text: create with k1 and b", made)
    check("insert", lambda: bulk(client, (
        {"_index": "vdb_fts", "_id": str(n), "_source": {"doc_id": str(n), "text": f"word{n} common", "filter_id": n}}
        for n in range(100)), refresh=True)[0] == 100)

    def search(clause):
        found = client.search(
            index="vdb_fts", query=clause, size=5, _source=False, docvalue_fields=["doc_id"], stored_fields="_none_",
            filter_path=["hits.hits._id", "hits.hits.fields.doc_id"])
        return [hit["fields"]["doc_id"][0] for hit in found["hits"]["hits"]]
    check("search", lambda: search({"match": {"text": "word7"}}) == ["7"])
    check("search with a filter", lambda: search({"bool": {
        "must": {"match": {"text": "common"}}, "filter": {"range": {"filter_id": {"gte": 98}}}}}) == ["98", "99"])


if __name__ == "__main__":
    run(__doc__, flow)
