#!/usr/bin/env python3
"""ClipSearch's vector index beside its peers: same vectors, same machine, same run.

    pip install numpy hnswlib faiss-cpu usearch
    python3 Benchmarks/ann.py --vectors base.npy --queries queries.npy

Both files hold (rows, dimensions) float32 or float16; rows are normalised and compared by inner product. Every index
gets M 16 (32 links at level 0) and ef_construction 200. For each index the table says the build rate and, for each
recall@10, the best queries per second at or above it on one thread and on all; the last lines are ratios to the best peer.
"""
import argparse
import json
import pathlib
import subprocess
import time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[1]
EFS = [10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384]
RECALLS = [0.90, 0.95, 0.99]
K, M, EF_CONSTRUCTION = 10, 16, 200


def load(path, rows=None):
    vectors = np.array(np.load(path, mmap_mode="r")[:rows], dtype="f4")
    return np.ascontiguousarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def exact(base, queries):
    truth = []
    for start in range(0, len(queries), 100):
        scores = queries[start:start + 100] @ base.T
        truth += [set(row) for row in np.argpartition(-scores, K, axis=1)[:, :K]]
    return truth


def best_of(times, run):
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def curve(queries, truth, one, many):
    """one(query, ef) -> ids on one thread; many(ef) searches all queries on all threads."""
    points = []
    for ef in EFS:
        found = [set(map(int, one(query, ef))) for query in queries]
        recall = sum(len(want & got) for want, got in zip(truth, found)) / (K * len(truth))
        single = len(queries) / best_of(2, lambda: [one(query, ef) for query in queries])
        points.append({"ef": ef, "recall": recall, "qps1": single, "qpsN": len(queries) / best_of(2, lambda: many(ef))})
        if recall > 0.997:
            break
    return points


def hnswlib_peer(base, queries, threads):
    import hnswlib
    index = hnswlib.Index("ip", base.shape[1])
    index.init_index(len(base), ef_construction=EF_CONSTRUCTION, M=M)
    index.set_num_threads(threads)
    start = time.perf_counter()
    index.add_items(base)
    seconds = time.perf_counter() - start

    def one(query, ef):
        index.set_ef(ef)
        return index.knn_query(query, k=K, num_threads=1)[0][0]

    def many(ef):
        index.set_ef(ef)
        index.knn_query(queries, k=K, num_threads=threads)

    return seconds, one, many


def faiss_peer(base, queries, threads):
    import faiss
    faiss.omp_set_num_threads(threads)
    index = faiss.IndexHNSWFlat(base.shape[1], M, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = EF_CONSTRUCTION
    start = time.perf_counter()
    index.add(base)
    seconds = time.perf_counter() - start

    def one(query, ef):
        faiss.omp_set_num_threads(1)
        index.hnsw.efSearch = ef
        return index.search(query[None], K)[1][0]

    def many(ef):
        faiss.omp_set_num_threads(threads)
        index.hnsw.efSearch = ef
        index.search(queries, K)

    return seconds, one, many


def usearch_peer(base, queries, threads):
    from usearch.index import Index
    index = Index(ndim=base.shape[1], metric="ip", dtype="f32", connectivity=M, expansion_add=EF_CONSTRUCTION)
    start = time.perf_counter()
    index.add(np.arange(len(base)), base, threads=threads)
    seconds = time.perf_counter() - start

    def one(query, ef):
        index.expansion_search = ef
        return index.search(query, K, threads=1).keys

    def many(ef):
        index.expansion_search = ef
        index.search(queries, K, threads=threads)

    return seconds, one, many


def ours(options):
    command = [options.binary, "bench", "ann", "--vectors", options.vectors, "--queries", options.queries, "--k", str(K),
               "--threads", str(options.threads), "--m", str(M), "--ef-construction", str(EF_CONSTRUCTION), "--json"]
    if options.rows:
        command += ["--rows", str(options.rows)]
    report = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return report["build_vectors_per_second"], report["points"]


def at(points, recall, key):
    return max((point[key] for point in points if point["recall"] >= recall), default=None)


def row(name, rate, points, threads):
    cells = [f"{name:12} build {rate:7.0f}/s"]
    for recall in RECALLS:
        one, many = at(points, recall, "qps1"), at(points, recall, "qpsN")
        cells.append(f"R>={recall:.2f}: " + (f"{one:7.0f} (1)  {many:7.0f} ({threads})" if one else "      –"))
    print(" | ".join(cells), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vectors", required=True)
    parser.add_argument("--queries", required=True)
    parser.add_argument("--rows", type=int, help="only the first rows of --vectors")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peers", default="hnswlib,faiss,usearch")
    parser.add_argument("--binary", default=str(ROOT / ".build/release/clipsearch"))
    options = parser.parse_args()

    rate, points = ours(options)
    row("clipsearch", rate, points, options.threads)
    base, queries = load(options.vectors, options.rows), load(options.queries)
    truth, peers = exact(base, queries), {}
    makers = {"hnswlib": hnswlib_peer, "faiss": faiss_peer, "usearch": usearch_peer}
    for name in filter(None, options.peers.split(",")):
        seconds, one, many = makers[name](base, queries, options.threads)
        peers[name] = (len(base) / seconds, curve(queries, truth, one, many))
        row(name, *peers[name], options.threads)
    for recall in RECALLS:
        best = max(((at(p, recall, "qps1") or 0, name) for name, (_, p) in peers.items()), default=(0, ""))
        if best[0] and at(points, recall, "qps1"):
            print(f"recall >= {recall:.2f}: {at(points, recall, 'qps1') / best[0]:.2f} × {best[1]} on one thread")


if __name__ == "__main__":
    main()
