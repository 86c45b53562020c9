#!/usr/bin/env python3
"""docarray's Elasticsearch index: documents indexed, found by vector, text and filter, singly and in batches, and deleted.

    python3 -m venv /tmp/da && /tmp/da/bin/pip install 'docarray[elasticsearch]' 'elasticsearch>=8,<10'
    /tmp/da/bin/python Tools/acceptance/docarray_flow.py

Prints one line a check, goes on after a failure, and ends with 'N passed, M failed'.
"""
import importlib.metadata
import warnings

import numpy
from docarray import BaseDoc, DocList
from docarray.index import ElasticDocIndex
from docarray.typing import NdArray
from pydantic import Field

from harness import check, run

warnings.filterwarnings("ignore")
RANDOM = numpy.random.default_rng(7)


class Flat(BaseDoc):
    one: NdArray = Field(dims=10)
    two: NdArray = Field(dims=50)


class Typed(BaseDoc):
    flag: bool
    count: int
    amount: float


class Text(BaseDoc):
    text: str


class Mixed(BaseDoc):
    tens: NdArray[10] = Field(similarity="l2_norm")
    num: int
    text: str


class Inner(BaseDoc):
    tens: NdArray[10]


class Outer(BaseDoc):
    d: Inner
    tens: NdArray[10]


class Listed(BaseDoc):
    docs: DocList[Inner]
    title: str


def unit(size):
    vector = RANDOM.random(size)
    return vector / numpy.linalg.norm(vector)


def flow(url):
    print("docarray", importlib.metadata.version("docarray"), "elasticsearch-py", importlib.metadata.version("elasticsearch"))
    for similarity in ("cosine", "l2_norm", "dot_product"):
        finding(url, similarity)
    nested(url)
    filters(url)
    words(url)
    building(url)
    lists(url)
    keeping(url)


def finding(url, similarity):
    class Simple(BaseDoc):
        tens: NdArray[10] = Field(similarity=similarity)

    index = ElasticDocIndex[Simple](hosts=url, index_name=f"simple-{similarity}")
    documents = [Simple(tens=unit(10)) for _ in range(10)]
    index.index(documents)
    check(f"{similarity}: all are indexed", lambda: index.num_docs() == 10)

    def found():
        matches, scores = index.find(documents[-1], search_field="tens", limit=5)
        return len(matches) == len(scores) == 5 and matches[0].id == documents[-1].id and numpy.allclose(
            matches[0].tens, documents[-1].tens)
    check(f"{similarity}: find", found)

    def batched():
        matches, scores = index.find_batched(DocList[Simple](documents[-2:]), search_field="tens", limit=5)
        return [m[0].id for m in matches] == [d.id for d in documents[-2:]]
    check(f"{similarity}: find_batched (_msearch)", batched)


def nested(url):
    index = ElasticDocIndex[Outer](hosts=url, index_name="outer")
    documents = [Outer(d=Inner(tens=unit(10)), tens=unit(10)) for _ in range(10)]
    index.index(documents)
    check("find by an inner document's vector", lambda: index.find(
        documents[3], search_field="d__tens", limit=2)[0][0].id == documents[3].id)
    flat = ElasticDocIndex[Flat](hosts=url, index_name="flat")
    flat_documents = [Flat(one=unit(10), two=unit(50)) for _ in range(10)] + [Flat(one=numpy.zeros(10), two=numpy.zeros(50))]
    flat.index(flat_documents)
    check("two vectors, and zero vectors", lambda: flat.num_docs() == 11 and flat.find(
        flat_documents[4], search_field="two", limit=1)[0][0].id == flat_documents[4].id)


def filters(url):
    index = ElasticDocIndex[Typed](hosts=url, index_name="typed")
    index.index([Typed(id=str(n), flag=n % 2 == 0, count=n, amount=n + 0.5) for n in range(10)])
    check("filter by a boolean", lambda: sorted(d.id for d in index.filter({"term": {"flag": True}})) == ["0", "2", "4", "6", "8"])
    check("filter by terms and a range", lambda: [d.id for d in index.filter({"bool": {"filter": [
        {"terms": {"count": [3, 4, 7, 8]}}, {"range": {"amount": {"gte": 3, "lte": 5}}}]}})] == ["3", "4"])
    check("filter_batched", lambda: [len(found) for found in index.filter_batched(
        [{"term": {"flag": True}}, {"range": {"count": {"lt": 2}}}])] == [5, 2])


def words(url):
    index = ElasticDocIndex[Text](hosts=url, index_name="text")
    index.index([Text(text="hello world"), Text(text="never gonna give you up"), Text(text="we are the world")])
    check("text_search", lambda: len(index.text_search("world", search_field="text")[0]) == 2)
    check("text_search_batched", lambda: [len(found) for found in index.text_search_batched(
        ["world", "never"], search_field="text")[0]] == [2, 1])


def building(url):
    index = ElasticDocIndex[Mixed](hosts=url, index_name="mixed")
    documents = [Mixed(id=str(n), tens=numpy.ones(10) * n, num=n // 2, text=f"text {n // 2}") for n in range(10)]
    index.index(documents)

    def ids(query):
        return [d["id"] for d in index.execute_query(query)[0]]
    check("a built filter", lambda: ids(index.build_query().filter({"term": {"num": 0}}).build()) == ["0", "1"])
    check("a built find", lambda: ids(index.build_query().find(documents[-1], search_field="tens", limit=3).build()) == ["9", "8", "7"])
    check("a built text search", lambda: ids(index.build_query().text_search("0", search_field="text").build()) == ["0", "1"])
    check("all three together", lambda: ids(index.build_query().filter({"range": {"num": {"lte": 3}}}).find(
        documents[-1], search_field="tens").text_search("0", search_field="text").build()) == ["1", "0"])
    check("a query of one's own", lambda: ids({"knn": {
        "field": "tens", "query_vector": [9.0] * 10, "k": 10, "num_candidates": 10000, "filter": {"bool": {"filter": [
            {"range": {"num": {"gte": 2}}}, {"range": {"num": {"lte": 3}}}]}}}}) == ["7", "6", "5", "4"])


def lists(url):
    index = ElasticDocIndex[Listed](hosts=url, index_name="listed")
    documents = [Listed(id=str(n), title=f"t{n}", docs=DocList[Inner]([Inner(id=f"{n}-{k}", tens=unit(10)) for k in range(3)])) for n in range(4)]
    index.index(documents)
    check("documents within a document", lambda: index.num_docs() == 4 and index["2"].docs[1].id == "2-1")
    check("find among them", lambda: index.find_subindex(
        documents[1].docs[2], subindex="docs", search_field="tens", limit=1)[1][0].id == "1-2")

    def deleted():
        del index["2"]
        return index.num_docs() == 3
    check("deleted with them", deleted)


def keeping(url):
    index = ElasticDocIndex[Inner](hosts=url, index_name="kept", index_settings={"number_of_replicas": 0})
    documents = [Inner(id=str(n), tens=unit(10)) for n in range(5)]
    index.index(documents)
    again = ElasticDocIndex[Inner](hosts=url, index_name="kept")
    check("an index that is there is used (put_mapping)", lambda: again.num_docs() == 5)
    check("get one", lambda: numpy.allclose(index["3"].tens, documents[3].tens))
    check("get several (_mget)", lambda: [d.id for d in index[["1", "4"]]] == ["1", "4"])
    check("contains", lambda: documents[0] in index and Inner(id="none", tens=unit(10)) not in index)

    def missing():
        try:
            return False, index["none"]
        except KeyError:
            return True
    check("get what is not there", missing)

    def deleted():
        del index[["1", "2"]]
        return index.num_docs() == 3
    check("delete several", deleted)
    index.index([Inner(id="0", tens=unit(10))])
    check("indexing again replaces", lambda: index.num_docs() == 3)


if __name__ == "__main__":
    run(__doc__, flow)
