#!/usr/bin/env python3
"""elasticsearch-py's object layer (elasticsearch.dsl): documents, searches with everything it can add to one, facets, scripts.

    python3 -m venv /tmp/es9 && /tmp/es9/bin/pip install 'elasticsearch>=9,<10'
    /tmp/es9/bin/python Tools/acceptance/dsl_flow.py

Prints one line a check, goes on after a failure, and ends with 'N passed, M failed'.
"""
import elasticsearch
from elasticsearch import Elasticsearch, dsl
from elasticsearch.dsl import (
    Date, DateHistogramFacet, DenseVector, Document, FacetedSearch, InnerDoc, Integer, Keyword, Nested, Search, TermsFacet, Text,
    UpdateByQuery, analyzer)

from harness import check, run


class Post(Document):
    title = Text(fields={"raw": Keyword()}, analyzer="snowball")
    tags = Keyword(multi=True)
    n = Integer()
    when = Date()
    vec = DenseVector(dims=3)

    class Index:
        name = "posts"
        settings = {"number_of_shards": 1}


class Comment(InnerDoc):
    author = Keyword()


class Threaded(Document):
    comments = Nested(Comment)

    class Index:
        name = "threads"


class Facets(FacetedSearch):
    index = "posts"
    fields = ["title"]
    facets = {"tags": TermsFacet(field="tags"), "month": DateHistogramFacet(field="when", calendar_interval="month")}


def averages():
    search = Post.search()
    search.aggs.bucket("tags", "terms", field="tags").metric("mean", "avg", field="n")
    return {b.key: b.doc_count for b in search.execute().aggregations.tags.buckets} == {"a": 1, "b": 1, "c": 28}


def flow(url):
    print("elasticsearch-py", elasticsearch.__versionstr__)
    client = Elasticsearch(url, request_timeout=60)
    dsl.connections.add_connection("default", client)
    check("init", lambda: Post.init() is None and client.indices.exists(index="posts"))
    check("init again", lambda: Post.init() is None)
    check("save", lambda: Post(
        meta={"id": "1"}, title="Hello World", tags=["a", "b"], n=1, when="2024-01-01", vec=[1, 2, 3]).save(refresh=True) == "created")
    check("get", lambda: Post.get("1").title == "Hello World")
    check("update", lambda: Post.get("1").update(n=5, refresh=True) == "updated")
    check("bulk", lambda: Post.bulk(({"_id": str(i), "_source": {
        "title": f"text {i}", "tags": ["c"], "n": i, "when": "2024-02-02"}} for i in range(2, 30)), refresh=True)[0] == 28)
    check("match", lambda: [h.meta.id for h in Post.search().query("match", title="hello")] == ["1"])
    check("a page", lambda: len(Post.search()[5:10].execute()) == 5)
    check("count", lambda: Post.search().count() == 29)
    check("scan", lambda: len(list(Post.search().scan())) == 29)
    check("source", lambda: Post.search().source(["n"]).execute()[0].to_dict().keys() == {"n"})
    check("knn", lambda: Post.search().knn(field="vec", k=1, num_candidates=5, query_vector=[1, 2, 3]).execute()[0].meta.id == "1")
    check("aggregations", averages)
    check("sort", lambda: [h.n for h in Post.search().sort("-n")[:2]] == [29, 28])
    check("sort by a keyword's subfield", lambda: Post.search().sort("title.raw").execute()[0].title == "Hello World")
    check("iterate, by search_after in a point in time", lambda: len({h.meta.id for h in Post.search().sort("n").iterate()}) == 29)
    check("highlight", lambda: list(Post.search().query("match", title="hello").highlight("title").execute()[0].meta.highlight.title) == [
        "<em>Hello</em> World"])
    check("post_filter", lambda: Post.search().post_filter("term", tags="c").execute().hits.total.value == 28)
    check("collapse", lambda: len(Post.search().collapse("tags").query("term", tags="c").execute()) == 1)
    check("suggest", lambda: Search(index="posts").suggest("near", "helo", term={"field": "title"}).execute().suggest.near[0].options[
        0].text == "hello")
    check("facets", lambda: Facets("hello").execute().facets.tags == [("a", 1, False), ("b", 1, False)])
    check("facets, one chosen", lambda: Facets("hello", {"tags": "a"}).execute().facets.tags == [("a", 1, True), ("b", 1, False)])
    check("script_fields", lambda: Post.search().query("ids", values=["1"]).script_fields(
        twice={"script": {"source": "doc['n'].value * 2"}}).execute()[0].meta.fields.twice == [10])
    check("runtime_mappings", lambda: Post.search().extra(runtime_mappings={"twice": {
        "type": "long", "script": "emit(doc['n'].value * 2)"}}).query("term", twice=58).execute().hits.total.value == 1)
    check("rescore", lambda: Post.search().query("match_all").extra(rescore={"window_size": 50, "query": {
        "rescore_query": {"term": {"tags": "a"}}}}).execute()[0].meta.id == "1")
    check("explain", lambda: "_explanation" in Post.search().extra(explain=True).execute().to_dict()["hits"]["hits"][0])
    check("update by a script", lambda: UpdateByQuery(index="posts").query("term", tags="c").script(
        source="ctx._source.n += 1").params(refresh=True).execute().updated == 28)
    check("delete by a query", lambda: Post.search().query("term", tags="c").delete().deleted == 28)
    check("_analyze", lambda: [t.token for t in analyzer("own", tokenizer="standard", filter=["lowercase"]).simulate("A B").tokens] == [
        "a", "b"])
    check("delete", lambda: Post.get("1").delete() is None)
    check("a nested field", lambda: Threaded.init() is None and Threaded(comments=[Comment(author="x")]).save(refresh=True) == "created")
    check("a nested query", lambda: Threaded.search().query(
        "nested", path="comments", query={"term": {"comments.author": "x"}}).execute().hits.total.value == 1)
    client.close()


if __name__ == "__main__":
    run(__doc__, flow)
