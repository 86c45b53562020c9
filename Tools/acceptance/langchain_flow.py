#!/usr/bin/env python3
"""langchain-elasticsearch: its store with every strategy, its caches, its retriever, its chat history and its embeddings.

    python3 -m venv /tmp/lc && /tmp/lc/bin/pip install langchain-elasticsearch aiohttp numpy simsimd
    /tmp/lc/bin/python Tools/acceptance/langchain_flow.py

Prints one line a check, goes on after a failure, and ends with 'N passed, M failed'.
"""
import asyncio
import importlib.metadata

from elasticsearch import ConflictError, Elasticsearch, NotFoundError
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.outputs import Generation
from langchain_elasticsearch import (
    AsyncElasticsearchStore, BM25Strategy, DenseVectorScriptScoreStrategy, DenseVectorStrategy, ElasticsearchCache,
    ElasticsearchChatMessageHistory, ElasticsearchEmbeddings, ElasticsearchEmbeddingsCache, ElasticsearchRetriever,
    ElasticsearchStore)

from harness import check, run

VERSION = importlib.metadata.version("langchain-elasticsearch")
# Version 1 gave the client's argument another name.
NEWER = int(VERSION.split(".")[0]) >= 1
MODEL = "compact"
TEXTS = ["foo", "bar", "baz"]


class Fakes(Embeddings):
    """A unit vector a text, always the same."""

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text):
        place = (TEXTS + ["qux", "corge"]).index(text) if text in TEXTS + ["qux", "corge"] else 5
        return [0.6 if i == place else 0.8 if i == 9 else 0.0 for i in range(10)]


def flow(url):
    print("langchain-elasticsearch", VERSION)
    client = Elasticsearch(url, request_timeout=60)
    documented(url)
    strategies(url, client)
    inside(url, client)
    caches(url, client)
    retrievers(url, client)
    history(url)
    asyncio.run(asynchronous(url))


def contents(documents):
    return [document.page_content for document in documents]


def documented(url):
    store = ElasticsearchStore(index_name="langchain-demo", embedding=Fakes(), es_url=url)
    check("add_documents", lambda: store.add_documents(documents=[
        Document(page_content="foo", metadata={"baz": "bar"}), Document(page_content="bar", metadata={"bar": "baz"}),
        Document(page_content="baz")], ids=["1", "2", "3"]) == ["1", "2", "3"])
    check("delete", lambda: store.delete(ids=["3"]))
    check("similarity_search", lambda: store.similarity_search(query="bar", k=1) == [
        Document(page_content="bar", metadata={"bar": "baz"})])
    check("with a filter", lambda: contents(store.similarity_search(
        query="foo", k=1, filter=[{"term": {"metadata.bar.keyword": "baz"}}])) == ["bar"])
    check("with a score", lambda: abs(store.similarity_search_with_score(query="qux", k=1)[0][1] - 0.82) < 1e-2)
    check("as_retriever, mmr", lambda: contents(store.as_retriever(
        search_type="mmr", search_kwargs={"k": 1, "fetch_k": 2, "lambda_mult": 0.5}).invoke("bar")) == ["bar"])
    check("as_retriever, a threshold of the score", lambda: contents(store.as_retriever(
        search_type="similarity_score_threshold", search_kwargs={"score_threshold": 0.95}).invoke("bar")) == ["bar"])
    check("mmr with fields", lambda: store.max_marginal_relevance_search(
        "bar", k=1, fetch_k=2, fields=["text", "metadata"])[0].page_content == "bar")


def strategies(url, client):
    metadatas = [{"page": number} for number in range(3)]

    def made(index, strategy, distance=None, texts=TEXTS):
        return ElasticsearchStore.from_texts(
            texts, Fakes(), metadatas=metadatas, es_url=url, index_name=index, strategy=strategy, distance_strategy=distance)
    for distance in ("COSINE", "DOT_PRODUCT", "EUCLIDEAN_DISTANCE", "MAX_INNER_PRODUCT"):
        check(f"ApproxRetrievalStrategy {distance}", lambda: contents(made(
            f"approx-{distance.lower()}", ElasticsearchStore.ApproxRetrievalStrategy(), distance).similarity_search("bar", k=1)) == ["bar"])
        if distance != "MAX_INNER_PRODUCT":  # Its script does not compile in Elasticsearch.
            check(f"ExactRetrievalStrategy {distance}", lambda: contents(made(
                f"exact-{distance.lower()}", ElasticsearchStore.ExactRetrievalStrategy(), distance).similarity_search("bar", k=1)) == ["bar"])
            check(f"ExactRetrievalStrategy {distance} with a filter", lambda: contents(made(
                f"exact-{distance.lower()}", ElasticsearchStore.ExactRetrievalStrategy(), distance).similarity_search(
                    "bar", k=1, filter=[{"term": {"metadata.page": 0}}])) == ["foo"])
    check("DenseVectorStrategy", lambda: contents(made("dense", DenseVectorStrategy()).similarity_search("baz", k=1)) == ["baz"])
    check("DenseVectorScriptScoreStrategy", lambda: contents(made(
        "script", DenseVectorScriptScoreStrategy()).similarity_search("baz", k=1)) == ["baz"])
    check("hybrid", lambda: contents(made(
        "hybrid", ElasticsearchStore.ApproxRetrievalStrategy(hybrid=True, rrf=False)).similarity_search("bar", k=3))[0] == "bar")
    check("hybrid with rrf", lambda: contents(made(
        "rrf", ElasticsearchStore.ApproxRetrievalStrategy(hybrid=True, rrf=True)).similarity_search("bar", k=3))[0] == "bar")
    check("hybrid with rrf's options", lambda: contents(made("rrf-options", ElasticsearchStore.ApproxRetrievalStrategy(
        hybrid=True, rrf={"rank_constant": 1, "window_size": 5})).similarity_search("bar", k=3))[0] == "bar")

    def words(strategy, index):
        store = ElasticsearchStore.from_texts(
            ["foo", "foo bar", "foo bar baz", "bar", "baz"], None, es_url=url, index_name=index, strategy=strategy)
        found = contents(store.similarity_search("foo bar", k=5))
        return found[0] == "foo bar" and len(found) == 4, found
    check("BM25RetrievalStrategy", lambda: words(ElasticsearchStore.BM25RetrievalStrategy(), "bm25"))
    check("BM25Strategy with k1 and b", lambda: words(BM25Strategy(k1=1.0, b=0.1), "bm25-options"))

    def custom(body, query):
        return {"query": {"bool": {"must": [{"match_phrase": {"text": query}}], "filter": body["query"]["bool"]["filter"]}}}
    check("a custom query", lambda: contents(ElasticsearchStore(
        "bm25", es_url=url, strategy=BM25Strategy()).similarity_search("bar baz", custom_query=custom)) == ["foo bar baz"])
    store = ElasticsearchStore("pairs", embedding=Fakes(), es_url=url)
    store.add_embeddings(list(zip(TEXTS, Fakes().embed_documents(["bar", "baz", "foo"]))), metadatas)
    check("add_embeddings", lambda: store.similarity_search("foo", k=1) == [Document(page_content="baz", metadata={"page": 2})])
    check("search by a vector", lambda: store.similarity_search_by_vector_with_relevance_scores(
        Fakes().embed_query("foo"), k=1)[0][0].page_content == "baz")
    check("from_documents, in small pieces", lambda: len(ElasticsearchStore.from_documents(
        [Document(page_content="foo", metadata={"n": n}) for n in range(20)], Fakes(), es_url=url, index_name="pieces",
        bulk_kwargs={"chunk_size": 3}).similarity_search("foo", k=20)) == 20)
    check("a doc_builder", lambda: store.similarity_search("foo", k=1, doc_builder=lambda hit: Document(
        page_content=hit["_id"]))[0].page_content != "baz")


def inside(url, client):
    embeddings = ElasticsearchEmbeddings(
        model_id=MODEL, client=client) if NEWER else ElasticsearchEmbeddings.from_es_connection(MODEL, client)
    check("ElasticsearchEmbeddings", lambda: len(embeddings.embed_documents(["a", "b"])) == 2 and len(embeddings.embed_query("a")) == 384)
    store = ElasticsearchStore("inside", embedding=embeddings, es_url=url)
    check("a store of them", lambda: store.add_texts(["a photograph of a cat", "a red car"]) and contents(
        store.similarity_search("kitten", k=1)) == ["a photograph of a cat"])
    asked = ElasticsearchStore("inside", es_url=url, strategy=ElasticsearchStore.ApproxRetrievalStrategy(query_model_id=MODEL))
    check("query_model_id", lambda: contents(asked.similarity_search("kitten", k=1)) == ["a photograph of a cat"])

    def absent():
        try:
            ElasticsearchStore.from_texts(TEXTS, es_url=url, index_name="absent", strategy=ElasticsearchStore.ApproxRetrievalStrategy(
                query_model_id="absent"))
        except NotFoundError:
            return True
        except ConflictError as error:
            return False, error
    check("query_model_id of a model that is not there", absent)


def caches(url, client):
    for index, alias in (("llm-cache", None), ("llm-cache-1", "llm-cached")):
        if alias:
            client.indices.create(index=index)
            client.indices.put_alias(index=index, name=alias)
        name = alias or index
        cache = ElasticsearchCache(index_name=name, es_url=url, metadata={"project": "flow"})
        check(f"ElasticsearchCache of {name}: nothing yet", lambda: cache.lookup("prompt", "model") is None)
        check("update", lambda: cache.update("prompt", "model", [Generation(text="an answer")]) is None)
        check("lookup", lambda: cache.lookup("prompt", "model") == [Generation(text="an answer")])
        check("what was stored", lambda: client.search(index=name)["hits"]["hits"][0]["_source"]["metadata"] == {"project": "flow"})
        check("clear", lambda: cache.clear() is None and cache.lookup("prompt", "model") is None)
    for index, alias in (("vector-cache", None), ("vector-cache-1", "vectors-cached")):
        if alias:
            client.indices.create(index=index)
            client.indices.put_alias(index=index, name=alias)
        name = alias or index
        cache = ElasticsearchEmbeddingsCache(index_name=name, es_url=url, namespace="ns", maximum_duplicates_allowed=2 if alias else 1)
        check(f"ElasticsearchEmbeddingsCache of {name}: nothing yet", lambda: cache.mget(["a", "b"]) == [None, None])
        check("mset", lambda: cache.mset([("a", b"\x00\x01"), ("b", b"[1.5]")]) is None)
        check("mget", lambda: cache.mget(["b", "none", "a"]) == [b"[1.5]", None, b"\x00\x01"])
        check("mdelete", lambda: cache.mdelete(["a"]) is None and cache.mget(["a", "b"]) == [None, b"[1.5]"])
    # Two indices under one alias, the same key in both: the newer one counts.
    client.indices.create(index="vector-cache-2", aliases={"vectors-cached": {"is_write_index": True}})
    client.indices.update_aliases(actions=[{"add": {"index": "vector-cache-1", "alias": "vectors-cached", "is_write_index": False}}])
    cache = ElasticsearchEmbeddingsCache(index_name="vectors-cached", es_url=url, namespace="ns", maximum_duplicates_allowed=2)
    check("a second index under the alias", lambda: cache.mset([("b", b"newer")]) is None and cache.mget(["b"]) == [b"newer"])
    wide = ElasticsearchEmbeddingsCache(index_name="vectors-cached", es_url=url, maximum_duplicates_allowed=20_000)

    def too_wide():
        try:
            return False, wide.mget(["b"])
        except UnboundLocalError:
            # The library looks for other words than Elasticsearch's in the refusal, and trips over its own answer.
            return True
        except Exception as error:
            return "window is too large" in str(error).lower() or "window too large" in str(error).lower(), error
    check("more than the result window", too_wide)


def retrievers(url, client):
    for index, field in (("texts-a", "text"), ("texts-b", "body")):
        client.indices.create(index=index, mappings={"properties": {field: {"type": "text"}, "year": {"type": "integer"}}})
        for number in range(3):
            client.index(index=index, id=str(number), document={field: f"test text number {number}", "year": 2000 + number})
        client.indices.refresh(index=index)

    def body(query):
        return {"query": {"multi_match": {"query": query, "fields": ["text", "body"]}}, "size": 10}
    one = ElasticsearchRetriever(
        index_name="texts-a", body_func=body, content_field="text", es_url=url) if NEWER else ElasticsearchRetriever.from_es_params(
            index_name="texts-a", body_func=body, content_field="text", url=url)
    own = {"client" if NEWER else "es_client": client}
    check("ElasticsearchRetriever", lambda: len(one.invoke("text 2")) == 3 and one.invoke("text 2")[0].page_content == "test text number 2")
    check("its metadata are the hit", lambda: one.invoke("2")[0].metadata["_source"] == {"year": 2002} and one.invoke("2")[0].metadata["_id"] == "2")
    many = ElasticsearchRetriever(
        **own, index_name=["texts-a", "texts-b"], body_func=body, content_field={"texts-a": "text", "texts-b": "body"})
    check("of two indices", lambda: len(many.invoke("number")) == 6)
    mapped = ElasticsearchRetriever(
        **own, index_name="texts-*", body_func=body, document_mapper=lambda hit: Document(page_content=hit["_index"]))
    check("with a document_mapper and a wildcard", lambda: {d.page_content for d in mapped.invoke("number")} == {"texts-a", "texts-b"})
    fuzzy = ElasticsearchRetriever(**own, index_name="texts-a", content_field="text", body_func=lambda query: {
        "query": {"match": {"text": {"query": query, "fuzziness": "AUTO"}}}})
    check("fuzzy", lambda: len(fuzzy.invoke("nmber")) == 3)
    filtered = ElasticsearchRetriever(**own, index_name="texts-a", content_field="text", body_func=lambda query: {
        "query": {"bool": {"must": [{"match": {"text": query}}], "filter": [{"range": {"year": {"gte": 2002}}}]}}})
    check("filtered", lambda: contents(filtered.invoke("number")) == ["test text number 2"])


def history(url):
    chat = ElasticsearchChatMessageHistory(index="chats", session_id="s-1", es_url=url)
    check("no messages yet", lambda: chat.messages == [])
    chat.add_messages([HumanMessage(content="hello ☃"), AIMessage(content="how are you?")])
    check("messages in their order", lambda: [m.content for m in chat.messages] == ["hello ☃", "how are you?"])
    for number in range(120):
        chat.add_message(HumanMessage(content=str(number)))
    check("over more than one page", lambda: len(chat.messages) == 122)
    check("another session", lambda: ElasticsearchChatMessageHistory(index="chats", session_id="s-2", es_url=url).messages == [])
    check("clear", lambda: chat.clear() is None and chat.messages == [])


async def asynchronous(url):
    store = AsyncElasticsearchStore(index_name="async", embedding=Fakes(), es_url=url)
    await store.aadd_documents([Document(page_content=text) for text in TEXTS], ids=["1", "2", "3"])
    found = await store.asimilarity_search("baz", k=1)
    check("AsyncElasticsearchStore", lambda: contents(found) == ["baz"])
    await store.adelete(ids=["3"])
    left = await store.asimilarity_search_with_score("baz", k=3)
    check("adelete", lambda: sorted(d.page_content for d, _ in left) == ["bar", "foo"])
    await store.aclose()


if __name__ == "__main__":
    run(__doc__, flow)
