#!/usr/bin/env python3
"""Haystack's Elasticsearch document store: writing, filtering, deleting, its retrievers, and its helpers of metadata.

    python3 -m venv /tmp/hs && /tmp/hs/bin/pip install elasticsearch-haystack
    /tmp/hs/bin/python Tools/acceptance/haystack_flow.py

Prints one line a check, goes on after a failure, and ends with 'N passed, M failed'.
"""
import asyncio
import importlib.metadata
from dataclasses import replace

from haystack.dataclasses import ByteStream, Document, SparseEmbedding
from haystack.document_stores.errors import DocumentStoreError, DuplicateDocumentError
from haystack.document_stores.types import DuplicatePolicy
from haystack_integrations.components.retrievers.elasticsearch import (
    ElasticsearchBM25Retriever, ElasticsearchEmbeddingRetriever,
    ElasticsearchSparseEmbeddingRetriever, ElasticsearchSQLRetriever)
from haystack_integrations.document_stores.elasticsearch import ElasticsearchDocumentStore

from harness import check, run


def documents():
    return [
        Document(id="1", content="Haskell is a functional programming language", embedding=[1.0, 0.0, 0.0, 0.0],
                 meta={"category": "A", "status": "active", "priority": 1, "rating": 0.5, "when": "2023-01-01T00:00:00"}),
        Document(id="2", content="Lisp is a functional programming language", embedding=[0.8, 0.6, 0.0, 0.0],
                 meta={"category": "B", "status": "active", "priority": 2, "rating": 0.7, "when": "2023-06-01T00:00:00"}),
        Document(id="3", content="Exilir is a functional programming language", embedding=[0.0, 1.0, 0.0, 0.0],
                 meta={"category": "A", "status": "inactive", "priority": 3, "when": "2024-01-01T00:00:00"}),
        Document(id="4", content="C++ is an object oriented programming language", embedding=[0.0, 0.0, 1.0, 0.0],
                 meta={"category": "C", "status": "inactive", "priority": 4, "tags": ["x", "y"]}),
    ]


def ids(found):
    return [document.id for document in found]


def field(name, operator, value):
    return {"field": f"meta.{name}", "operator": operator, "value": value}


def raises(kind, call, *arguments, **named):
    try:
        return False, call(*arguments, **named)
    except kind:
        return True


def flow(url):
    print("elasticsearch-haystack", importlib.metadata.version("elasticsearch-haystack"))
    store = ElasticsearchDocumentStore(hosts=url, index="haystack", embedding_similarity_function="cosine")
    writing(store)
    filtering(store)
    retrieving(store)
    metadata(store)
    removing(url, store)
    sparse(url)
    asyncio.run(asynchronous(url))


def writing(store):
    check("an empty store", lambda: store.count_documents() == 0 and store.filter_documents() == [])
    check("write_documents", lambda: store.write_documents(documents()) == 4 and store.count_documents() == 4)
    check("a document comes back whole", lambda: replace(
        [d for d in store.filter_documents() if d.id == "1"][0], score=None) == documents()[0])
    check("duplicates fail", lambda: raises(DuplicateDocumentError, store.write_documents, documents()[:1], DuplicatePolicy.FAIL))
    check("duplicates are skipped", lambda: store.write_documents(documents()[:1], DuplicatePolicy.SKIP) == 0)
    check("duplicates are overwritten", lambda: store.write_documents(documents()[:1], DuplicatePolicy.OVERWRITE) == 1
          and store.count_documents() == 4)
    check("a blob", lambda: store.write_documents([Document(
        id="blob", blob=ByteStream(b"test", meta={"a": "b"}, mime_type="image/png"))]) == 1 and [
            d for d in store.filter_documents() if d.id == "blob"][0].blob.data == b"test")
    check("delete_documents", lambda: store.delete_documents(["blob", "none"]) is None and store.count_documents() == 4)
    check("the wrong number of dimensions", lambda: raises(
        DocumentStoreError, store.write_documents, [Document(id="5", content="x", embedding=[1.0])]))
    check("more than a page", lambda: store.write_documents([Document(
        id=f"many-{n}", content="page", meta={"category": "many"}) for n in range(60)]) == 60 and len(store.filter_documents(
            field("category", "==", "many"))) == 60)
    check("delete_by_filter", lambda: store.delete_by_filter(field("category", "==", "many"), refresh=True) == 60)


def filtering(store):
    for what, filters, wanted in (
        ("==", field("category", "==", "A"), ["1", "3"]), ("!=", field("category", "!=", "A"), ["2", "4"]),
        (">", field("priority", ">", 2), ["3", "4"]), (">=", field("priority", ">=", 2), ["2", "3", "4"]),
        ("<", field("priority", "<", 2), ["1"]), ("<=", field("priority", "<=", 2), ["1", "2"]),
        ("in", field("category", "in", ["A", "C"]), ["1", "3", "4"]), ("not in", field("category", "not in", ["A", "C"]), ["2"]),
        ("== None", field("rating", "==", None), ["3", "4"]), ("!= None", field("rating", "!=", None), ["1", "2"]),
        ("a date", field("when", ">", "2023-03-01T00:00:00"), ["2", "3"]),
        ("one of an array", field("tags", "==", "x"), ["4"]),
        ("AND", {"operator": "AND", "conditions": [field("category", "==", "A"), field("status", "==", "active")]}, ["1"]),
        ("OR", {"operator": "OR", "conditions": [field("category", "==", "B"), field("priority", ">", 3)]}, ["2", "4"]),
        ("NOT", {"operator": "NOT", "conditions": [field("category", "==", "A"), field("status", "==", "active")]}, ["2", "3", "4"]),
        # A term query of an analyzed field finds no sentence.
        ("content", {"field": "content", "operator": "==", "value": "Lisp is a functional programming language"}, []),
    ):
        check(f"filter {what}", lambda: (sorted(ids(store.filter_documents(filters))) == wanted, sorted(ids(store.filter_documents(filters)))))
    check("count_documents_by_filter", lambda: store.count_documents_by_filter(field("category", "==", "A")) == 2)


def retrieving(store):
    words = ElasticsearchBM25Retriever(document_store=store)
    check("BM25", lambda: ids(words.run(query="Lisp programming", top_k=2)["documents"])[0] == "2")
    check("BM25, misspelled", lambda: ids(words.run(query="Hsakell", top_k=1)["documents"]) == ["1"])
    check("BM25 with a filter", lambda: sorted(ids(words.run(
        query="programming", filters=field("category", "==", "A"))["documents"])) == ["1", "3"])
    check("BM25 with scaled scores", lambda: all(0 < d.score < 1 for d in ElasticsearchBM25Retriever(
        document_store=store, scale_score=True, fuzziness="0").run(query="functional")["documents"]))
    near = ElasticsearchEmbeddingRetriever(document_store=store)
    check("by an embedding", lambda: ids(near.run(query_embedding=[1.0, 0.0, 0.0, 0.0], top_k=2)["documents"]) == ["1", "2"])
    check("its scores", lambda: abs(near.run(query_embedding=[0.8, 0.6, 0.0, 0.0], top_k=1)["documents"][0].score - 1) < 1e-2)
    check("by an embedding with a filter", lambda: ids(near.run(
        query_embedding=[1.0, 0.0, 0.0, 0.0], filters=field("status", "==", "inactive"), top_k=1)["documents"]) == ["3"])
    check("num_candidates", lambda: len(ElasticsearchEmbeddingRetriever(
        document_store=store, num_candidates=4).run(query_embedding=[1.0, 0.0, 0.0, 0.0], top_k=2)["documents"]) == 2)
    check("an embedding of the wrong size", lambda: raises(Exception, near.run, query_embedding=[0.1, 0.1]))
    rows = ElasticsearchSQLRetriever(document_store=store)
    check("SQL", lambda: rows.run(query='SELECT content FROM "haystack" WHERE category = \'B\'')["result"]["rows"] == [
        ["Lisp is a functional programming language"]])


def metadata(store):
    check("count_unique_metadata_by_filter", lambda: store.count_unique_metadata_by_filter(
        field("priority", ">", 0), ["category", "meta.status", "priority"]) == {"category": 3, "status": 2, "priority": 4})
    check("the same without a filter", lambda: store.count_unique_metadata_by_filter({}, ["category"]) == {"category": 3})
    check("get_metadata_fields_info", lambda: {k: v["type"] for k, v in store.get_metadata_fields_info().items()} == {
        "category": "keyword", "status": "keyword", "priority": "long", "rating": "float", "when": "date", "tags": "keyword"}
        or (False, store.get_metadata_fields_info()))
    check("get_metadata_field_min_max", lambda: store.get_metadata_field_min_max("meta.priority") == {"min": 1, "max": 4})
    check("min and max of a float", lambda: abs(store.get_metadata_field_min_max("rating")["max"] - 0.7) < 1e-6)
    check("get_metadata_field_unique_values", lambda: store.get_metadata_field_unique_values("category") == (["A", "B", "C"], 3))
    check("a page of them", lambda: store.get_metadata_field_unique_values("category", from_=1, size=1) == (["B"], 3))
    check("of numbers", lambda: store.get_metadata_field_unique_values("priority")[0] == [1, 2, 3, 4])
    check("with a filter", lambda: store.get_metadata_field_unique_values(
        "category", filters=field("status", "==", "active"))[0] == ["A", "B"])
    check("with a search term (a script query)", lambda: store.get_metadata_field_unique_values(
        "status", search_term="INACT") == (["inactive"], 1))
    check("update_by_filter (an update script)", lambda: store.update_by_filter(
        field("category", "==", "C"), {"status": "changed", "more": 7}, refresh=True) == 1 and ids(
            store.filter_documents(field("status", "==", "changed"))) == ["4"])


def removing(url, store):
    check("delete_all_documents", lambda: store.delete_all_documents() is None and store.count_documents() == 0)
    check("written again", lambda: store.write_documents(documents()) == 4)
    check("delete_all_documents, recreating the index", lambda: store.delete_all_documents(
        recreate_index=True) is None and store.count_documents() == 0)
    check("written to the new index", lambda: store.write_documents(documents()) == 4)
    for similarity in ("dot_product", "l2_norm", "max_inner_product"):
        other = ElasticsearchDocumentStore(hosts=url, index=similarity, embedding_similarity_function=similarity)
        check(f"similarity {similarity}", lambda: other.write_documents(documents()) == 4 and ids(ElasticsearchEmbeddingRetriever(
            document_store=other).run(query_embedding=[1.0, 0.0, 0.0, 0.0], top_k=1)["documents"]) == ["1"])
    own = ElasticsearchDocumentStore(hosts=url, index="own", custom_mapping={"properties": {
        "embedding": {"type": "dense_vector", "index": True, "similarity": "dot_product", "dims": 4}, "content": {"type": "text"},
        "category": {"type": "keyword"}}})
    check("a custom mapping", lambda: own.write_documents(documents()) == 4 and own.count_documents_by_filter(
        field("category", "==", "A")) == 2)


def sparse(url):
    store = ElasticsearchDocumentStore(hosts=url, index="sparse", sparse_vector_field="sparse_vec")
    check("sparse embeddings written", lambda: store.write_documents([
        Document(id=str(n), content=f"s{n}", sparse_embedding=SparseEmbedding(indices=[n, 7], values=[1.0, 0.5])) for n in range(3)]) == 3)
    retriever = ElasticsearchSparseEmbeddingRetriever(document_store=store)
    check("retrieved by a sparse embedding", lambda: ids(retriever.run(
        query_sparse_embedding=SparseEmbedding(indices=[1], values=[1.0]))["documents"]) == ["1"])


async def asynchronous(url):
    store = ElasticsearchDocumentStore(hosts=url, index="haystack-async")
    try:
        written = await store.write_documents_async(documents())
    except Exception as error:
        written = error
    check("write_documents_async", lambda: (written == 4, written))
    found = await store.filter_documents_async(field("category", "==", "A"))
    check("filter_documents_async", lambda: sorted(ids(found)) == ["1", "3"])
    near = await ElasticsearchEmbeddingRetriever(document_store=store).run_async(query_embedding=[1.0, 0.0, 0.0, 0.0], top_k=1)
    check("an embedding retriever's run_async", lambda: ids(near["documents"]) == ["1"])
    deleted = await store.delete_by_filter_async(field("category", "==", "A"), refresh=True)
    check("delete_by_filter_async", lambda: deleted == 2)
    await store.async_client.close()


if __name__ == "__main__":
    run(__doc__, flow)
