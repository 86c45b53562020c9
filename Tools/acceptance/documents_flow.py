#!/usr/bin/env python3
"""Documents by an unmodified Elasticsearch client: its helpers, and every endpoint that reads or writes documents.

It starts a node on a free port with an empty data directory, writes by the helpers bulk, streaming_bulk and parallel_bulk,
reads by scan, scrolls, points in time, mget and msearch, changes by update, update_by_query and delete_by_query, copies by the
helper reindex, by _reindex, and by _reindex from a second node, and follows tasks. Where aiohttp is installed, the helpers
also run asynchronously.

    python3 -m venv /tmp/es9 && /tmp/es9/bin/pip install 'elasticsearch>=9,<10' aiohttp
    /tmp/es9/bin/python Tools/acceptance/documents_flow.py

Prints one line a step and ends with 'N passed, 0 failed'; the first failure ends it with status 1.
"""
import argparse
import asyncio
import pathlib
import tempfile
import warnings

import elasticsearch
from elasticsearch import ApiError, AsyncElasticsearch, ConflictError, Elasticsearch, NotFoundError
from elasticsearch.helpers import (
    BulkIndexError, async_bulk, async_reindex, async_scan, async_streaming_bulk, bulk, parallel_bulk, reindex, scan,
    streaming_bulk)

from harness import BINARY, Node, done, step

COUNT = 2500
# The client warns of the task API, which its makers call a preview.
warnings.filterwarnings("ignore", category=elasticsearch.exceptions.GeneralAvailabilityWarning)


def refused(status, kind, call, *arguments, **named):
    """Whether a call is refused in this way."""
    try:
        call(*arguments, **named)
    except ApiError as error:
        return (error.status_code, error.error) == (status, kind) or print("     ", error.status_code, error.error, error)
    return False


def actions(index, count, start=0):
    for number in range(start, start + count):
        yield {"_index": index, "_id": str(number), "number": number, "kind": f"k{number % 5}"}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", default=BINARY)
    options = arguments.parse_args()
    print("elasticsearch-py", elasticsearch.__versionstr__)
    with tempfile.TemporaryDirectory() as folder:
        settings = pathlib.Path(folder) / "settings.yml"
        settings.write_text('inference: {start: []}\nreindex: {remote: {whitelist: ["127.0.0.1:*"]}}\n')
        nodes = [
            Node(options.binary, f"{folder}/{name}", "--config", str(settings)) for name in ("first", "second")]
        try:
            for node in nodes:
                node.start()
            flow(*nodes)
        finally:
            for node in nodes:
                if node.process and node.process.poll() is None:
                    node.stop()
    done()


def flow(node, other):
    client = Elasticsearch(node.url, request_timeout=60)
    helpers(client)
    single(client)
    reading(client)
    searching(client)
    changing(client)
    copying(client, other)
    tasks(client)
    asyncio.run(asynchronous(node.url))
    client.close()


def helpers(client):
    client.indices.create(index="numbers", settings={"number_of_shards": 3})
    count, errors = bulk(client, actions("numbers", 500), refresh=True)
    step("helpers.bulk", (count, errors) == (500, []), count)
    results = list(streaming_bulk(client, actions("numbers", 500, 500), chunk_size=100))
    step("helpers.streaming_bulk", len(results) == 500 and all(ok for ok, _ in results))
    results = list(parallel_bulk(client, actions("numbers", COUNT - 1000, 1000), thread_count=4, chunk_size=200))
    step("helpers.parallel_bulk", len(results) == COUNT - 1000 and all(ok for ok, _ in results))
    client.indices.refresh(index="numbers")
    step("all are there", client.count(index="numbers")["count"] == COUNT)
    mixed = [
        {"_op_type": "create", "_index": "numbers", "_id": "0", "number": 0},
        {"_op_type": "update", "_index": "numbers", "_id": "1", "doc": {"extra": True}},
        {"_op_type": "update", "_index": "numbers", "_id": "none", "doc": {"extra": True}},
        {"_op_type": "delete", "_index": "numbers", "_id": "none"},
        {"_op_type": "index", "_index": "numbers", "_id": "v", "version": 7, "version_type": "external", "number": -1},
    ]
    try:
        bulk(client, mixed)
        step("helpers.bulk reports what is refused", False)
    except BulkIndexError as error:
        seen = [next(iter(item.values()))["status"] for item in error.errors]
        step("helpers.bulk reports what is refused", seen == [409, 404, 404], seen)
    client.delete(index="numbers", id="v", version=8, version_type="external", refresh=True)
    found = {hit["_id"] for hit in scan(client, index="numbers", query={"query": {"term": {"kind.keyword": "k3"}}}, size=100)}
    step("helpers.scan finds each once", found == {str(n) for n in range(COUNT) if n % 5 == 3}, len(found))
    everything = [hit["_id"] for hit in scan(client, index="numbers", size=333)]
    step("helpers.scan of all", len(everything) == COUNT and len(set(everything)) == COUNT)
    ordered = [hit["_score"] for hit in scan(client, index="numbers", size=700, preserve_order=True)]
    step("helpers.scan with preserve_order", len(ordered) == COUNT and ordered == sorted(ordered, reverse=True))


def single(client):
    made = client.index(index="notes", id="1", document={"a": 1, "nested": {"x": 1, "y": 2}}, refresh=True)
    step("index", made["result"] == "created" and made["_version"] == 1)
    changed = client.update(index="notes", id="1", doc={"nested": {"x": 3}}, source=True)
    step("update merges", changed["get"]["_source"] == {"a": 1, "nested": {"x": 3, "y": 2}}, changed["get"]["_source"])
    step("update of nothing", client.update(index="notes", id="1", doc={"a": 1})["result"] == "noop")
    step("upsert", client.update(index="notes", id="2", doc={"a": 2}, doc_as_upsert=True)["result"] == "created")
    step("a missing document", refused(
        404, "document_missing_exception", client.update, index="notes", id="3", doc={"a": 2}))
    scripted = client.update(index="notes", id="2", script={"source": "ctx._source.a += params.more", "params": {"more": 5}}, source=True)
    step("update by a script", scripted["get"]["_source"] == {"a": 7}, scripted["get"]["_source"])
    step("external version", client.index(
        index="notes", id="v", document={}, version=5, version_type="external")["_version"] == 5)
    try:
        client.index(index="notes", id="v", document={}, version=5, version_type="external")
        step("an older external version", False)
    except ConflictError as error:
        reason = error.body["error"]["reason"]
        step("an older external version", "current version [5] is higher or equal to the one provided [5]" in reason, reason)
    step("external_gte", client.index(
        index="notes", id="v", document={}, version=5, version_type="external_gte")["result"] == "updated")
    step("version of a get", refused(409, "version_conflict_engine_exception", client.get, index="notes", id="v", version=4))
    step("_source alone", client.get_source(index="notes", id="1").body == {"a": 1, "nested": {"x": 3, "y": 2}})
    step("exists_source", bool(client.exists_source(index="notes", id="1")))
    step("not in real time", not client.exists(index="notes", id="2", realtime=False))
    step("not in real time, refreshed", bool(client.exists(index="notes", id="2", realtime=False, refresh=True)))


def reading(client):
    found = client.mget(index="notes", ids=["1", "none", "v"])["docs"]
    step("mget by ids", [doc["found"] for doc in found] == [True, False, True])
    found = client.mget(docs=[
        {"_index": "notes", "_id": "1", "_source": ["a"]}, {"_index": "absent", "_id": "1"},
        {"_index": "notes", "_id": "1", "_source": {"excludes": "nested.*"}}])["docs"]
    step("mget by docs", found[0]["_source"] == {"a": 1} and found[2]["_source"] == {"a": 1, "nested": {}}, found[2])
    step("mget of a missing index", found[1]["error"]["type"] == "index_not_found_exception")


def searching(client):
    answers = client.msearch(searches=[
        {"index": "numbers"}, {"query": {"term": {"kind.keyword": "k1"}}, "size": 0, "track_total_hits": True},
        {"index": "absent"}, {"query": {"match_all": {}}},
        {}, {"query": {"ids": {"values": ["1"]}}}], index="notes")["responses"]
    step("msearch", answers[0]["hits"]["total"]["value"] == COUNT // 5 and answers[2]["hits"]["hits"][0]["_id"] == "1")
    step("msearch: one of them fails", answers[1]["status"] == 404 and answers[1]["error"]["type"] == "index_not_found_exception")

    page = client.search(index="numbers", scroll="1m", size=1000, sort=["_doc"])
    seen = []
    while page["hits"]["hits"]:
        seen += [hit["_id"] for hit in page["hits"]["hits"]]
        page = client.scroll(scroll_id=page["_scroll_id"], scroll="1m")
    step("scroll", len(set(seen)) == COUNT and page["hits"]["total"]["value"] == COUNT)
    step("clear_scroll", client.clear_scroll(scroll_id=page["_scroll_id"])["num_freed"] == 1)
    step("a closed scroll", refused(404, "search_phase_execution_exception", client.scroll, scroll_id=page["_scroll_id"]))

    pit = client.open_point_in_time(index="numbers", keep_alive="1m")["id"]
    client.index(index="numbers", id="late", document={"number": -1}, refresh=True)
    seen, after = [], None
    while True:
        named = {"search_after": after} if after else {}
        page = client.search(pit={"id": pit, "keep_alive": "1m"}, sort=["_shard_doc"], size=700, **named)
        if not page["hits"]["hits"]:
            break
        seen += [hit["_id"] for hit in page["hits"]["hits"]]
        after = page["hits"]["hits"][-1]["sort"]
    step("point in time with search_after", len(seen) == len(set(seen)) == COUNT and "late" not in seen, len(seen))
    step("close_point_in_time", client.close_point_in_time(id=pit)["succeeded"])
    step("a closed point in time", refused(404, "search_phase_execution_exception", client.search, pit={"id": pit}))
    client.delete(index="numbers", id="late", refresh=True)

    client.index(index="lists", id="1", document={"wanted": ["k0", "k4"]}, refresh=True)
    lookup = {"terms": {"kind.keyword": {"index": "lists", "id": "1", "path": "wanted"}}}
    step("terms lookup", client.count(index="numbers", query=lookup)["count"] == 2 * COUNT // 5)
    too_many = {"terms": {"kind.keyword": [str(number) for number in range(65_537)]}}
    step("too many terms", refused(400, "search_phase_execution_exception", client.search, index="numbers", query=too_many))
    routed = client.search(index="numbers", routing="7", size=1)["_shards"]["total"]
    step("routing asks one shard", routed == 1)


def changing(client):
    answer = client.update_by_query(index="numbers", query={"term": {"kind.keyword": "k2"}}, refresh=True)
    step("update_by_query", (answer["total"], answer["updated"], answer["failures"]) == (COUNT // 5, COUNT // 5, []))
    answer = client.delete_by_query(index="numbers", query={"term": {"kind.keyword": "k2"}}, max_docs=100, refresh=True)
    step("delete_by_query with max_docs", answer["deleted"] == 100)
    answer = client.delete_by_query(
        index="numbers", query={"term": {"kind.keyword": "k2"}}, refresh=True, scroll_size=150, conflicts="proceed", slices=2)
    slices = [part["deleted"] for part in answer["slices"]]
    step("delete_by_query in parts", answer["deleted"] == sum(slices) == COUNT // 5 - 100 and len(slices) == 2, answer)
    step("they are gone", client.count(index="numbers")["count"] == COUNT - COUNT // 5)


def copying(client, other):
    left = COUNT - COUNT // 5
    count, errors = reindex(client, "numbers", "copy-by-helper")
    step("helpers.reindex", count == left and not errors, count)
    body = {"source": {"index": "numbers", "query": {"term": {"kind.keyword": "k1"}}, "_source": ["number"]},
            "dest": {"index": "copy", "op_type": "create"}}
    answer = client.reindex(**body, refresh=True)
    step("_reindex", answer["created"] == COUNT // 5 and client.count(index="copy")["count"] == COUNT // 5)
    hit = client.search(index="copy", size=1)["hits"]["hits"][0]
    step("_reindex copies what was asked for", set(hit["_source"]) == {"number"})
    answer = client.options(ignore_status=409).reindex(**body)
    step("_reindex again conflicts", answer["version_conflicts"] > 0 and answer["failures"][0]["status"] == 409)
    answer = client.reindex(**body, conflicts="proceed")
    step("_reindex proceeds", answer["version_conflicts"] == COUNT // 5 and answer["created"] == 0)
    step("_reindex into itself", refused(
        400, "action_request_validation_exception", client.reindex, source={"index": "copy"}, dest={"index": "copy"}))

    remote = Elasticsearch(other.url, request_timeout=60)
    answer = remote.reindex(
        source={"remote": {"host": client.transport.node_pool.get().base_url}, "index": "numbers", "size": 700},
        dest={"index": "from-afar", "version_type": "external"}, refresh=True)
    step("_reindex from another node", answer["created"] == left and remote.count(index="from-afar")["count"] == left)
    step("a host that is not listed", refused(
        400, "illegal_argument_exception", remote.reindex,
        source={"remote": {"host": "http://example.org:9200"}, "index": "i"}, dest={"index": "j"}))
    remote.close()


def tasks(client):
    started = client.reindex(
        source={"index": "numbers", "size": 100}, dest={"index": "slow"}, requests_per_second=50, wait_for_completion=False)
    running = client.tasks.list(actions="*reindex", detailed=True)["nodes"]
    tasks = [task for node in running.values() for task in node["tasks"].values()]
    step("a task is listed", [task["description"] for task in tasks] == ["reindex from [numbers] to [slow]"], tasks)
    task = client.tasks.get(task_id=started["task"])
    step("a task goes on", not task["completed"] and task["task"]["status"]["total"] == COUNT - COUNT // 5)
    client.tasks.cancel(task_id=started["task"], wait_for_completion=True)
    task = client.tasks.get(task_id=started["task"])
    step("a task is cancelled", task["completed"] and task["response"]["canceled"] == "by user request")
    started = client.delete_by_query(index="slow", query={"match_all": {}}, wait_for_completion=False)
    task = client.tasks.get(task_id=started["task"], wait_for_completion=True)
    step("a task ends with its response", task["completed"] and task["response"]["failures"] == [])
    started = client.indices.forcemerge(index="numbers", max_num_segments=1, wait_for_completion=False)
    step("_forcemerge as a task", client.tasks.get(task_id=started["task"], wait_for_completion=True)["completed"])
    try:
        client.tasks.get(task_id="nowhere:1")
        step("no such task", False)
    except NotFoundError as error:
        step("no such task", error.error == "resource_not_found_exception")


async def asynchronous(url):
    try:
        client = AsyncElasticsearch(url, request_timeout=60)
    except ValueError:
        print("skip the asynchronous helpers: aiohttp is not installed")
        return
    count, errors = await async_bulk(client, actions("async", 300), refresh=True)
    step("helpers.async_bulk", (count, errors) == (300, []))
    results = [ok async for ok, _ in async_streaming_bulk(client, actions("async", 300, 300), chunk_size=70)]
    step("helpers.async_streaming_bulk", len(results) == 300 and all(results))
    await client.indices.refresh(index="async")
    found = {hit["_id"] async for hit in async_scan(client, index="async", size=77)}
    step("helpers.async_scan", len(found) == 600)
    count, errors = await async_reindex(client, "async", "async-copy")
    step("helpers.async_reindex", count == 600 and not errors)
    await client.close()


if __name__ == "__main__":
    main()
