#!/usr/bin/env python3
"""ClipSearch's vector index beside its peers: same vectors, same machine, same run.

    pip install numpy matplotlib hnswlib faiss-cpu usearch rabitqlib pyvsag scalable-vs
    python3 Benchmarks/ann.py --vectors base.npy --queries queries.npy --output ann.json --plot docs/images/ann.svg

The files hold (rows, dimensions) float32 or float16; rows are normalised and compared by inner product. --pictures names
a second set of queries, such as pictures that ask for sentences: embeddings of another kind lie elsewhere, and are harder.

Each index is built and searched in a process of its own, one after the other. Recall is against exact neighbours; a time
is the best of three. For each index the table says the build rate, the bytes a vector that the process grew by (ours:
what it keeps in memory beside the mapped vectors), and for each recall@10 the best searches a second at or above it on
one thread and on all. The last lines are ratios to the best peer: of the sealed form to all, of the growing one, which takes
vectors one by one, to those that do so too. A peer that is not installed is skipped, and one that takes too long is ended.
"""
import argparse
import ctypes
import json
import pathlib
import select
import subprocess
import sys
import tempfile
import time

import numpy as np

from ann_peers import EF_CONSTRUCTION, K, M, ONLINE, PEERS

ROOT = pathlib.Path(__file__).resolve().parents[1]
EFS = [10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 384, 512]
RECALLS = [0.90, 0.95, 0.99]
SUFFICIENT_RECALL = 0.997
REPETITIONS = 3
SETS = ["queries", "pictures"]


def load(path, rows=None):
    vectors = np.array(np.load(path, mmap_mode="r")[:rows], dtype="f4")
    return np.ascontiguousarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def exact(base, queries):
    truth = np.empty((len(queries), K), dtype="i8")
    for start in range(0, len(queries), 100):
        scores = queries[start:start + 100] @ base.T
        truth[start:start + 100] = np.argpartition(-scores, K, axis=1)[:, :K]
    return truth


def curve(search, queries, truth, threads):
    def best(threads):
        seconds = []
        for _ in range(REPETITIONS):
            start = time.perf_counter()
            search(queries, ef, threads)
            seconds.append(time.perf_counter() - start)
        return len(queries) / min(seconds)

    points = []
    for ef in EFS:
        found = search(queries, ef, threads)
        hits = sum(len(set(want) & set(map(int, got))) for want, got in zip(truth.tolist(), found))
        points.append({"ef": ef, "recall": hits / truth.size, "qps1": best(1), "qpsN": best(threads)})
        if points[-1]["recall"] > SUFFICIENT_RECALL:
            break
    return points


def resident_bytes():
    ctypes.CDLL(None).malloc_trim(0)
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def measure(options, truth):
    """In the peer's own process: a line once the index is built, and one with its curves."""
    base = load(options.vectors, options.rows)
    queries = {name: load(path) for name in SETS if (path := getattr(options, name))}
    before = resident_bytes()
    seconds, search = PEERS[options.measure](base, options.threads)
    grown = resident_bytes() - before
    print(json.dumps({"build_vectors_per_second": len(base) / seconds, "resident_bytes_per_vector": grown / len(base)}),
          flush=True)
    print(json.dumps({name: curve(search, queries[name], truth[name], options.threads) for name in queries}), flush=True)


def peer(name, options, truth_path):
    """What the peer's process says, or why it has nothing to say."""
    command = [sys.executable, __file__, "--measure", name, "--truth", truth_path, "--threads", str(options.threads)]
    for key in ["vectors", "rows", *SETS]:
        if getattr(options, key):
            command += [f"--{key}", str(getattr(options, key))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        if not select.select([process.stdout], [], [], options.limit)[0]:
            process.kill()
            return f"ended: not built after {options.limit} s"
        lines, errors = process.communicate()
        answers = [json.loads(line) for line in lines.splitlines() if line.startswith("{")]
        if len(answers) == 2:
            return {**answers[0], **answers[1]}
        last = (errors.strip().splitlines() or ["no word from it"])[-1]
        return f"skipped: {last}"


def ours(form, options):
    """`clipsearch bench ann`, once for each set of queries."""
    report = {}
    for name in SETS:
        if not getattr(options, name):
            continue
        command = [options.binary, "bench", "ann", "--form", form, "--vectors", options.vectors,
                   "--queries", getattr(options, name), "--k", str(K), "--threads", str(options.threads), "--m", str(M),
                   "--ef-construction", str(EF_CONSTRUCTION), "--json"]
        if options.rows:
            command += ["--rows", str(options.rows)]
        measured = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        report[name] = measured.pop("points")
        report = {**measured, **report}
    return report


def at(points, recall, key):
    return max((point[key] for point in points if point["recall"] >= recall), default=None)


def row(name, index, threads):
    if isinstance(index, str):
        print(f"{name:20} {index}", flush=True)
        return
    print(f"{name:20} built {index['build_vectors_per_second']:6.0f}/s, {index['resident_bytes_per_vector']:5.0f} bytes a vector")
    for key in filter(index.get, SETS):
        cells = [f"{'':20} {key:8}"]
        for recall in RECALLS:
            one, many = at(index[key], recall, "qps1"), at(index[key], recall, "qpsN")
            cells.append(f">= {recall:.2f}: " + (f"{one:6.0f} (1) {many:6.0f} ({threads})" if one else f"{'–':>6}{'':15}"))
        print(" | ".join(cells), flush=True)


def ratios(indexes):
    for form, rivals in [("sealed", PEERS), ("growing", ONLINE)]:
        index, rivals = indexes.get(f"ClipSearch {form}"), [name for name in rivals if name in indexes]
        if not index or not rivals:
            continue
        rate, name = max((indexes[name]["build_vectors_per_second"], name) for name in rivals)
        print(f"{form}: built {index['build_vectors_per_second'] / rate:.2f} × {name}")
        for key in filter(index.get, SETS):
            for recall in RECALLS:
                best, name = max((at(indexes[name][key], recall, "qps1") or 0, name) for name in rivals)
                mine = at(index[key], recall, "qps1")
                compared = f"{mine / best:.2f} × {name}" if mine and best else "reached by " + (
                    "us alone" if mine else name + " alone" if best else "none")
                print(f"{form}: {key}, recall >= {recall:.2f}: {compared}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vectors")
    parser.add_argument("--queries")
    parser.add_argument("--pictures", help="queries of another kind")
    parser.add_argument("--rows", type=int, help="only the first rows of --vectors")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--limit", type=int, default=400, help="seconds that a peer may take to build")
    parser.add_argument("--output", help="a JSON file for all curves")
    parser.add_argument("--plot", help="a picture of them, such as docs/images/ann.svg")
    parser.add_argument("--read", help="measure nothing, print and draw what an earlier --output holds")
    parser.add_argument("--binary", default=str(ROOT / ".build/release/clipsearch"))
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--truth", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.read and not (options.vectors and options.queries):
        parser.error("--vectors and --queries, or --read")
    if options.measure:
        return measure(options, np.load(options.truth))
    report = json.loads(pathlib.Path(options.read).read_text()) if options.read else compare(options)
    ratios({name: index for name, index in report["indexes"].items() if not isinstance(index, str)})
    if options.output:
        pathlib.Path(options.output).write_text(json.dumps(report, indent=1) + "\n")
    if options.plot:
        import ann_plot
        pathlib.Path(options.plot).parent.mkdir(parents=True, exist_ok=True)
        ann_plot.draw(report, options.plot)


def compare(options):
    base = load(options.vectors, options.rows)
    truth = {name: exact(base, load(path)) for name in SETS if (path := getattr(options, name))}
    report = {"rows": base.shape[0], "dimensions": base.shape[1], "threads": options.threads, "k": K, "m": M,
              "ef_construction": EF_CONSTRUCTION, "indexes": {}}
    with tempfile.NamedTemporaryFile(suffix=".npz") as file:
        np.savez(file, **truth)
        file.flush()
        del base
        for form in ["sealed", "growing"]:
            name = f"ClipSearch {form}"
            report["indexes"][name] = ours(form, options)
            row(name, report["indexes"][name], options.threads)
        for name in filter(None, options.peers.split(",")):
            report["indexes"][name] = peer(name, options, file.name)
            row(name, report["indexes"][name], options.threads)
    return report


if __name__ == "__main__":
    main()
