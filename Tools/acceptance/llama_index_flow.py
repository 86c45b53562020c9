#!/usr/bin/env python3
"""LlamaIndex's Elasticsearch vector store: nodes added, queried in every mode, filtered, fetched, deleted and cleared.

    python3 -m venv /tmp/li && /tmp/li/bin/pip install llama-index-vector-stores-elasticsearch numpy
    /tmp/li/bin/python Tools/acceptance/llama_index_flow.py

Prints one line a check, goes on after a failure, and ends with 'N passed, M failed'.
"""
import asyncio
import importlib.metadata

from elasticsearch.helpers.vectorstore import AsyncBM25Strategy, AsyncDenseVectorStrategy
from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode
from llama_index.core.vector_stores.types import (
    ExactMatchFilter, MetadataFilters, VectorStoreQuery, VectorStoreQueryMode)
from llama_index.vector_stores.elasticsearch import ElasticsearchStore

from harness import check, run

NODES = [
    ("lorem ipsum", [1.0, 0.0, 0.0], {"author": "Stephen King", "theme": "Friendship"}, "test-0"),
    ("a text about the Godfather", [0.0, 1.0, 0.0], {"director": "Francis Ford Coppola", "theme": "Mafia"}, "test-1"),
    ("dolor sit amet", [0.0, 0.0, 1.0], {"director": "Christopher Nolan", "theme": "Fiction"}, "test-2"),
    ("more of the Godfather", [0.0, 0.8, 0.6], {"director": "Francis Ford Coppola", "theme": "Mafia", "part": 2}, "test-1"),
]


def nodes():
    return [
        TextNode(text=text, id_=f"node-{number}", embedding=vector, metadata=metadata,
                 relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=source)})
        for number, (text, vector, metadata, source) in enumerate(NODES)]


def matching(**terms):
    return MetadataFilters(filters=[ExactMatchFilter(key=key, value=value) for key, value in terms.items()])


def flow(url):
    print("llama-index-vector-stores-elasticsearch", importlib.metadata.version("llama-index-vector-stores-elasticsearch"))
    # The store's synchronous methods run on this thread's loop.
    asyncio.set_event_loop(asyncio.new_event_loop())
    for distance in ("COSINE", "DOT_PRODUCT", "EUCLIDEAN_DISTANCE"):
        made = ElasticsearchStore(index_name=f"li-{distance.lower()}", es_url=url, distance_strategy=distance)
        check(f"add, {distance}", lambda: made.add(nodes()) == ["node-0", "node-1", "node-2", "node-3"])
        check("query", lambda: made.query(VectorStoreQuery(
            query_embedding=[0.0, 1.0, 0.0], similarity_top_k=2)).ids == ["node-1", "node-3"])
    store = ElasticsearchStore(index_name="li-cosine", es_url=url)
    check("a node comes back whole", lambda: store.query(VectorStoreQuery(
        query_embedding=[1.0, 0.0, 0.0], similarity_top_k=1)).nodes[0].metadata == NODES[0][2])
    check("its source too", lambda: store.query(VectorStoreQuery(
        query_embedding=[1.0, 0.0, 0.0], similarity_top_k=1)).nodes[0].ref_doc_id == "test-0")
    check("a metadata filter", lambda: store.query(VectorStoreQuery(
        query_embedding=[1.0, 0.0, 0.0], similarity_top_k=4, filters=matching(theme="Mafia"))).ids == ["node-3", "node-1"]
        or sorted(store.query(VectorStoreQuery(
            query_embedding=[1.0, 0.0, 0.0], similarity_top_k=4, filters=matching(theme="Mafia"))).ids) == ["node-1", "node-3"])
    check("two metadata filters", lambda: store.query(VectorStoreQuery(
        query_embedding=[1.0, 0.0, 0.0], similarity_top_k=4,
        filters=matching(theme="Fiction", director="Christopher Nolan"))).ids == ["node-2"])
    check("es_filter", lambda: store.query(VectorStoreQuery(
        query_embedding=[1.0, 0.0, 0.0], similarity_top_k=4), es_filter=[{"range": {"metadata.part": {"gte": 2}}}]).ids == ["node-3"])
    check("a custom query", lambda: sorted(store.query(VectorStoreQuery(
        query_str="godfather", query_embedding=[1.0, 0.0, 0.0], similarity_top_k=4),
        custom_query=lambda body, query: {"query": {"match": {"content": query}}}).ids) == ["node-1", "node-3"])
    check("get_nodes by ids", lambda: sorted(n.node_id for n in store.get_nodes(node_ids=["node-0", "node-2"])) == ["node-0", "node-2"])
    check("get_nodes by filters", lambda: sorted(n.node_id for n in store.get_nodes(filters=matching(theme="Mafia"))) == ["node-1", "node-3"])
    check("get_nodes by both", lambda: [n.node_id for n in store.get_nodes(
        node_ids=["node-0", "node-1"], filters=matching(theme="Mafia"))] == ["node-1"])

    hybrid = ElasticsearchStore(index_name="li-hybrid", es_url=url, retrieval_strategy=AsyncDenseVectorStrategy(hybrid=True))
    check("add to a hybrid store", lambda: len(hybrid.add(nodes())) == 4)
    check("hybrid", lambda: hybrid.query(VectorStoreQuery(
        query_str="Godfather", query_embedding=[0.0, 1.0, 0.0], similarity_top_k=2, mode=VectorStoreQueryMode.HYBRID)).ids[0] == "node-1")
    words = ElasticsearchStore(index_name="li-words", es_url=url, retrieval_strategy=AsyncBM25Strategy())
    check("add without embeddings", lambda: len(words.add(nodes())) == 4)
    check("text search", lambda: sorted(words.query(VectorStoreQuery(
        query_str="Godfather", similarity_top_k=2, mode=VectorStoreQueryMode.TEXT_SEARCH)).ids) == ["node-1", "node-3"])

    def left():
        return sorted(n.node_id for n in store.get_nodes(node_ids=[f"node-{number}" for number in range(4)]))
    check("delete by the source", lambda: store.delete("test-1") is None and left() == ["node-0", "node-2"])
    check("delete_nodes by ids", lambda: store.delete_nodes(node_ids=["node-0"]) is None and left() == ["node-2"])
    check("delete_nodes by ids and filters", lambda: store.delete_nodes(
        node_ids=["node-2"], filters=matching(theme="Mafia")) is None and left() == ["node-2"])
    check("delete_nodes by filters", lambda: store.delete_nodes(filters=matching(theme="Fiction")) is None and left() == [])
    check("clear", lambda: store.clear() is None)
    store.close()


if __name__ == "__main__":
    run(__doc__, flow)
