#!/usr/bin/env python3
"""elasticsearch-py's own vector store (helpers.vectorstore): every strategy, every distance, with our vectors and with the node's.

    python3 -m venv /tmp/es8 && /tmp/es8/bin/pip install 'elasticsearch>=8.19,<9' aiohttp numpy simsimd
    /tmp/es8/bin/python Tools/acceptance/vectorstore_flow.py
    python3 -m venv /tmp/es9 && /tmp/es9/bin/pip install 'elasticsearch>=9,<10' aiohttp numpy simsimd
    /tmp/es9/bin/python Tools/acceptance/vectorstore_flow.py

Prints one line a check, goes on after a failure, and ends with 'N passed, M failed'.
"""
import asyncio
import math

import elasticsearch
from elasticsearch import AsyncElasticsearch, BadRequestError, Elasticsearch, NotFoundError
from elasticsearch.helpers import BulkIndexError
from elasticsearch.helpers.vectorstore import (
    AsyncDenseVectorStrategy, AsyncVectorStore, BM25Strategy, DenseVectorScriptScoreStrategy, DenseVectorStrategy,
    DistanceMetric, ElasticsearchEmbeddings, SparseVectorStrategy, VectorStore)

from harness import check, run

MODEL = "compact"
TEXTS = ["a red apple", "a green apple", "a blue car", "a red car on a road"]
# Unit vectors, so that every similarity takes them.
VECTORS = [[1.0, 0.0, 0.0], [0.8, 0.6, 0.0], [0.0, 0.6, 0.8], [0.0, 0.0, 1.0]]
METADATA = [{"page": number, "kind": f"k{number % 2}"} for number in range(4)]
SCORES = {
    DistanceMetric.COSINE: lambda dot, distance: (1 + dot) / 2,
    DistanceMetric.DOT_PRODUCT: lambda dot, distance: (1 + dot) / 2,
    DistanceMetric.MAX_INNER_PRODUCT: lambda dot, distance: 1 + dot if dot >= 0 else 1 / (1 - dot),
    DistanceMetric.EUCLIDEAN_DISTANCE: lambda dot, distance: 1 / (1 + distance ** 2),
}
EXACT = {
    DistanceMetric.COSINE: lambda dot, distance: dot + 1,
    DistanceMetric.DOT_PRODUCT: lambda dot, distance: 1 / (1 + math.exp(-dot)),
    DistanceMetric.EUCLIDEAN_DISTANCE: lambda dot, distance: 1 / (1 + distance),
}


class Embeddings:
    """An embedding service of our own: the vectors above."""

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]

    def embed_query(self, query):
        return VECTORS[TEXTS.index(query)] if query in TEXTS else [0.6, 0.8, 0.0]


def names(hits):
    return [hit["_id"] for hit in hits]


def near(hits, score):
    """Whether the hits' scores are what the formula gives for the query VECTORS[0]."""
    for hit in hits:
        vector = VECTORS[int(hit["_id"])]
        dot = sum(a * b for a, b in zip(VECTORS[0], vector))
        distance = math.sqrt(sum((a - b) ** 2 for a, b in zip(VECTORS[0], vector)))
        if abs(hit["_score"] - score(dot, distance)) > 2e-3:
            return False, (hit["_id"], hit["_score"], score(dot, distance))
    return True


def refused(kind, call, **named):
    try:
        return False, call(**named)
    except kind:
        return True


def store(client, index, strategy, **named):
    made = VectorStore(client, index=index, retrieval_strategy=strategy, **named)
    made.add_texts(TEXTS, metadatas=METADATA, vectors=VECTORS if "num_dimensions" in named else None, ids=list("0123"))
    return made


def flow(url):
    print("elasticsearch-py", elasticsearch.__versionstr__)
    client = Elasticsearch(url, request_timeout=60)
    dense(client)
    exact(client)
    hybrid(client)
    text(client)
    inside(client)
    upkeep(client)
    asyncio.run(asynchronous(url))
    client.close()


def dense(client):
    for metric, score in SCORES.items():
        index = f"dense-{metric.value.lower()}"

        def searches(index=index, metric=metric, score=score):
            made = store(client, index, DenseVectorStrategy(distance=metric), num_dimensions=3)
            hits = made.search(query_vector=VECTORS[0], k=3)
            first = near(hits, score)
            return (names(hits) == ["0", "1", "2"] or set(names(hits)) == {"0", "1", "3"}) and first is True, (names(hits), first)
        check(f"DenseVectorStrategy {metric.value}", searches)
    made = VectorStore(client, index="dense-cosine", retrieval_strategy=DenseVectorStrategy(), num_dimensions=3)
    check("a filter of one term", lambda: names(made.search(
        query_vector=VECTORS[0], k=3, filter=[{"term": {"metadata.page": 3}}])) == ["3"])
    check("a filter of a dynamic string's .keyword", lambda: sorted(names(made.search(
        query_vector=VECTORS[0], k=3, filter=[{"term": {"metadata.kind.keyword": "k1"}}]))) == ["1", "3"])
    check("two filters", lambda: names(made.search(query_vector=VECTORS[0], k=3, filter=[
        {"term": {"metadata.kind.keyword": "k1"}}, {"range": {"metadata.page": {"gt": 1}}}])) == ["3"])
    check("_source has the text and metadata alone", lambda: made.search(query_vector=VECTORS[0], k=1)[0]["_source"] == {
        "text_field": TEXTS[0], "metadata": METADATA[0]})
    check("fields asks for more", lambda: made.search(
        query_vector=VECTORS[0], k=1, fields=["vector_field"])[0]["_source"]["vector_field"] == VECTORS[0])
    check("a custom query", lambda: len(made.search(
        query="apple", query_vector=VECTORS[0], custom_query=lambda body, query: {"query": {"match": {"text_field": query}}})) == 2)
    check("max_marginal_relevance_search", lambda: names(made.max_marginal_relevance_search(
        query_embedding=VECTORS[0], vector_field="vector_field", k=2, num_candidates=4, lambda_mult=0.1))[0] == "0")
    served = VectorStore(client, index="served", retrieval_strategy=DenseVectorStrategy(), embedding_service=Embeddings())
    check("an embedding service of the program's own", lambda: served.add_texts(TEXTS, ids=list("0123")) == list("0123"))
    check("searched by text", lambda: names(served.search(query="a blue car", k=1)) == ["2"])
    check("the wrong number of dimensions", lambda: refused(
        BulkIndexError, made.add_texts, texts=["x"], vectors=[[1.0, 2.0]]))
    check("a query of the wrong number of dimensions", lambda: refused(
        BadRequestError, made.search, query_vector=[1.0, 2.0]))


def exact(client):
    for metric, score in EXACT.items():
        def searches(metric=metric, score=score):
            made = store(client, f"exact-{metric.value.lower()}", DenseVectorScriptScoreStrategy(distance=metric), num_dimensions=3)
            hits = made.search(query_vector=VECTORS[0], k=4)
            return names(hits)[:2] == ["0", "1"] and len(hits) == 4 and near(hits, score) is True, [
                (hit["_id"], hit["_score"]) for hit in hits]
        check(f"DenseVectorScriptScoreStrategy {metric.value}", searches)

        def filtered(metric=metric):
            made = VectorStore(client, index=f"exact-{metric.value.lower()}",
                               retrieval_strategy=DenseVectorScriptScoreStrategy(distance=metric), num_dimensions=3)
            return names(made.search(query_vector=VECTORS[0], k=4, filter=[{"term": {"metadata.page": 2}}])) == ["2"]
        check(f"DenseVectorScriptScoreStrategy {metric.value} with a filter", filtered)
    # The helper's script names a variable that is not declared: Elasticsearch cannot compile it either.
    made = store(client, "exact-mip", DenseVectorScriptScoreStrategy(distance=DistanceMetric.MAX_INNER_PRODUCT), num_dimensions=3)

    def broken():
        try:
            return False, made.search(query_vector=VECTORS[0])
        except BadRequestError as error:
            cause = error.body["error"]
            return cause["root_cause"][0]["type"] == "script_exception" and cause["type"] == "search_phase_execution_exception", cause
    check("DenseVectorScriptScoreStrategy MAX_INNER_PRODUCT is refused as script_exception", broken)


def hybrid(client):
    def summed():
        made = store(client, "hybrid-sum", DenseVectorStrategy(hybrid=True, rrf=False), num_dimensions=3)
        hits = made.search(query="car", query_vector=VECTORS[0], k=4)
        return len(hits) == 4 and names(hits)[0] in ("0", "2", "3"), names(hits)
    check("hybrid without rrf", summed)
    for options in (True, {"rank_constant": 42, "rank_window_size": 10}, {"window_size": 20}):
        def ranked(options=options):
            made = store(client, f"hybrid-{len(str(options))}", DenseVectorStrategy(hybrid=True, rrf=options), num_dimensions=3)
            hits = made.search(query="blue car", query_vector=VECTORS[2], k=4)
            constant = options.get("rank_constant", 60) if isinstance(options, dict) else 60
            return names(hits)[0] == "2" and abs(hits[0]["_score"] - 2 / (constant + 1)) < 1e-5, [(h["_id"], h["_score"]) for h in hits]
        check(f"hybrid with rrf {options}", ranked)
    made = VectorStore(client, index="hybrid-4", retrieval_strategy=DenseVectorStrategy(hybrid=True), num_dimensions=3)
    check("hybrid with rrf and a filter", lambda: sorted(names(made.search(
        query="car", query_vector=VECTORS[0], k=4, filter=[{"term": {"metadata.kind.keyword": "k1"}}]))) == ["1", "3"])


def text(client):
    for number, options in enumerate(({}, {"k1": 1.0, "b": 0.3})):
        def searches(number=number, options=options):
            made = VectorStore(client, index=f"bm25-{number}", retrieval_strategy=BM25Strategy(**options))
            made.add_texts(TEXTS, metadatas=METADATA, ids=list("0123"))
            hits = made.search(query="red car", k=4)
            found = names(made.search(query="car", k=4, filter=[{"term": {"metadata.page": 2}}]))
            return names(hits)[0] == "3" and len(hits) == 3 and found == ["2"], (names(hits), found)
        check(f"BM25Strategy {options}", searches)
    check("its similarity is in the settings", lambda: client.indices.get_settings(index="bm25-1")["bm25-1"]["settings"]["index"][
        "similarity"]["custom_bm25"] == {"type": "BM25", "k1": "1.0", "b": "0.3"})
    check("its similarity is in the mapping", lambda: client.indices.get_mapping(index="bm25-1")["bm25-1"]["mappings"]["properties"][
        "text_field"] == {"type": "text", "similarity": "custom_bm25"})


def inside(client):
    def served():
        made = VectorStore(client, index="inside", retrieval_strategy=DenseVectorStrategy(), embedding_service=ElasticsearchEmbeddings(
            client=client, model_id=MODEL))
        made.add_texts(TEXTS, ids=list("0123"))
        return names(made.search(query="a car that is blue", k=1)) == ["2"]
    check("ElasticsearchEmbeddings: the node's model", served)

    def built():
        made = VectorStore(client, index="inside", retrieval_strategy=DenseVectorStrategy(model_id=MODEL))
        return names(made.search(query="a car that is blue", k=1)) == ["2"]
    check("DenseVectorStrategy with model_id", built)

    def ranked():
        made = VectorStore(client, index="inside", retrieval_strategy=DenseVectorStrategy(model_id=MODEL, hybrid=True))
        return names(made.search(query="a blue car", k=1)) == ["2"]
    check("DenseVectorStrategy with model_id, hybrid", ranked)
    absent = VectorStore(client, index="absent", retrieval_strategy=DenseVectorStrategy(model_id="absent"), num_dimensions=3)
    check("a model that is not there", lambda: refused(NotFoundError, absent.add_texts, texts=["x"]))
    sparse = VectorStore(client, index="sparse", retrieval_strategy=SparseVectorStrategy())
    check("SparseVectorStrategy: ELSER is not there, as on a cluster without it", lambda: refused(
        NotFoundError, sparse.add_texts, texts=["x"]))


def upkeep(client):
    made = VectorStore(
        client, index="kept", retrieval_strategy=DenseVectorStrategy(), num_dimensions=3,
        metadata_mappings={"kind": {"type": "keyword"}, "when": {"type": "date"}, "page": {"type": "integer"}},
        custom_index_settings={
            "number_of_shards": 2,
            "analysis": {"analyzer": {"folded": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "asciifolding"]}}}})
    made.add_texts(TEXTS, metadatas=METADATA, vectors=VECTORS, ids=list("0123"), bulk_kwargs={"chunk_size": 2, "max_chunk_bytes": 200_000_000})
    check("metadata_mappings", lambda: client.indices.get_mapping(index="kept")["kept"]["mappings"]["properties"]["metadata"][
        "properties"]["kind"] == {"type": "keyword"})
    check("custom_index_settings", lambda: client.indices.get_settings(index="kept")["kept"]["settings"]["index"][
        "number_of_shards"] == "2")
    check("a filter of a mapped keyword", lambda: sorted(names(made.search(
        query_vector=VECTORS[0], filter=[{"term": {"metadata.kind": "k0"}}]))) == ["0", "2"])
    check("delete by ids", lambda: made.delete(ids=["0"]) and client.count(index="kept")["count"] == 3)
    check("delete of what is not there", lambda: made.delete(ids=["0", "none"]))
    check("delete by query", lambda: made.delete(query={"term": {"metadata.kind": "k1"}}) and client.count(index="kept")["count"] == 1)
    check("no refresh", lambda: made.add_texts(["late"], vectors=[VECTORS[0]], refresh_indices=False) and True)


async def outcome(awaitable):
    """What it gives, or the error."""
    try:
        return await awaitable
    except Exception as error:
        return error


async def asynchronous(url):
    try:
        client = AsyncElasticsearch(url, request_timeout=60)
    except ValueError:
        print("skip the asynchronous store: aiohttp is not installed")
        return
    made = AsyncVectorStore(client, index="async", retrieval_strategy=AsyncDenseVectorStrategy(hybrid=True), num_dimensions=3)
    await made.add_texts(TEXTS, metadatas=METADATA, vectors=VECTORS, ids=list("0123"))
    hits = await outcome(made.search(query="blue car", query_vector=VECTORS[2], k=2))
    check("AsyncVectorStore, hybrid with rrf", lambda: (names(hits)[0] == "2", hits) if isinstance(hits, list) else (False, hits))
    plain = AsyncVectorStore(client, index="async", retrieval_strategy=AsyncDenseVectorStrategy(), num_dimensions=3)
    found = await outcome(plain.search(query_vector=VECTORS[2], k=2))
    check("AsyncVectorStore", lambda: (names(found)[0] == "2", found) if isinstance(found, list) else (False, found))
    deleted = await outcome(made.delete(ids=["2"]))
    check("AsyncVectorStore deletes", lambda: (deleted is True, deleted))
    await client.close()


if __name__ == "__main__":
    run(__doc__, flow)
