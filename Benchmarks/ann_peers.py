"""The peers of `ann.py`: each builds its index and searches it, as its own documentation says.

A peer takes (base, threads) and returns (seconds it took to build, search). `search(queries, ef, threads)` returns the ids of the K
nearest for all queries; they are handed over at once where the peer allows it, so that Python costs nothing. All get
M 16 (32 links at level 0) and ef_construction 200, or what comes nearest.
"""
import json
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

K, M, EF_CONSTRUCTION = 10, 16, 200


def timed(build):
    start = time.perf_counter()
    build()
    return time.perf_counter() - start


def hnswlib(base, threads):
    import hnswlib
    index = hnswlib.Index("ip", base.shape[1])
    index.init_index(len(base), ef_construction=EF_CONSTRUCTION, M=M)
    index.set_num_threads(threads)
    seconds = timed(lambda: index.add_items(base))

    def search(queries, ef, threads):
        index.set_ef(ef)
        return index.knn_query(queries, k=K, num_threads=threads)[0]

    return seconds, search


def faiss_hnsw(make):
    def peer(base, threads):
        import faiss
        faiss.omp_set_num_threads(threads)
        index = make(faiss, base.shape[1])
        index.hnsw.efConstruction = EF_CONSTRUCTION

        def build():
            index.train(base)
            index.add(base)

        def search(queries, ef, threads):
            faiss.omp_set_num_threads(threads)
            index.hnsw.efSearch = ef
            return index.search(queries, K)[1]

        return timed(build), search

    return peer


def usearch(base, threads):
    from usearch.index import Index
    index = Index(ndim=base.shape[1], metric="ip", dtype="i8", connectivity=M, expansion_add=EF_CONSTRUCTION)
    seconds = timed(lambda: index.add(np.arange(len(base)), base, threads=threads))

    def search(queries, ef, threads):
        index.expansion_search = ef
        return index.search(queries, K, threads=threads).keys

    return seconds, search


def symphony(bits):
    def peer(base, threads):
        from rabitqlib import SymqgIndex
        index = SymqgIndex(base.shape[1], 2 * M, "ip", bits)
        seconds = timed(lambda: index.build(base, 2 * EF_CONSTRUCTION, threads))
        return seconds, lambda queries, ef, threads: index.search(queries, K, ef, threads)[0]

    return peer


def hnsw_rabitq(base, threads):
    from rabitqlib import HnswIndex, RaBitQKMeans
    index = HnswIndex(base.shape[1], len(base), M, EF_CONSTRUCTION, 8, "ip")

    def build():
        clusters = RaBitQKMeans(base.shape[1], 16, num_threads=threads)
        clusters.train(base)
        index.build(base, clusters.centroids, clusters.assignments, threads)

    return timed(build), lambda queries, ef, threads: index.search(queries, K, ef, threads)[0]


def vsag(base, threads):
    import pyvsag
    index = pyvsag.Index("hgraph", json.dumps({
        "dtype": "float32", "metric_type": "ip", "dim": base.shape[1], "index_param": {
            "base_quantization_type": "sq8_uniform", "max_degree": 2 * M, "ef_construction": EF_CONSTRUCTION,
            "use_reorder": True, "precise_quantization_type": "fp32", "build_thread_count": threads}}))
    seconds = timed(lambda: index.build(
        vectors=base, ids=np.arange(len(base)), num_elements=len(base), dim=base.shape[1]))

    def search(queries, ef, threads):
        parameters = json.dumps({"hgraph": {"ef_search": ef}})

        def part(queries):
            return [index.knn_search(vector=query, k=K, parameters=parameters)[0] for query in queries]

        if threads == 1:
            return part(queries)
        with ThreadPoolExecutor(threads) as pool:
            return [ids for found in pool.map(part, np.array_split(queries, threads)) for ids in found]

    return seconds, search


def svs(base, threads):
    import svs as library
    parameters = library.VamanaBuildParameters(graph_max_degree=2 * M, window_size=EF_CONSTRUCTION, alpha=0.95)
    built = []
    seconds = timed(lambda: built.append(
        library.Vamana.build(parameters, base, library.DistanceType.MIP, num_threads=threads)))
    index = built[0]

    def search(queries, ef, threads):
        index.num_threads = threads
        index.search_window_size = ef
        return index.search(queries, K)[0]

    return seconds, search


PEERS = {
    "hnswlib": hnswlib,
    "faiss HNSW": faiss_hnsw(lambda faiss, columns: faiss.IndexHNSWFlat(columns, M, faiss.METRIC_INNER_PRODUCT)),
    "faiss HNSW-SQ8": faiss_hnsw(lambda faiss, columns: faiss.IndexHNSWSQ(
        columns, faiss.ScalarQuantizer.QT_8bit, M, faiss.METRIC_INNER_PRODUCT)),
    "usearch i8": usearch,
    "SymphonyQG f32": symphony(0),
    "SymphonyQG 8 bit": symphony(8),
    "HNSW-RaBitQ 8 bit": hnsw_rabitq,
    "VSAG HGraph sq8": vsag,
    "SVS Vamana": svs,
}
# Those that take vectors one by one into an index that is searched meanwhile.
ONLINE = ["hnswlib", "faiss HNSW", "faiss HNSW-SQ8", "usearch i8"]
