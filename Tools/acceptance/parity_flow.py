#!/usr/bin/env python3
"""A node's vectors beside those of Hugging Face transformers, for models of full size.

    python3 Tools/reference/make_reference.py --clip-bpe … --mbert-vocab … --full-size FOLDER    # random weights, 1.2 GB
    python3 Tools/acceptance/parity_flow.py FOLDER

FOLDER holds both models with golden.json and golden.safetensors. Needs numpy and safetensors. Prints one line a step and
ends with 'N passed, 0 failed'; the first failure ends it with status 1.
"""
import argparse
import base64
import json
import os
import pathlib
import tempfile
import urllib.request

import numpy as np
from safetensors.numpy import load_file

from harness import BINARY, ROOT, Node, done, step

IMAGES = ROOT / "Tests/Fixtures/reference-small/images"
LEAST_COSINE = {"f32": 0.99999, "bf16": 0.999, "int8": 0.99}


def post(node, path, body=None):
    request = urllib.request.Request(
        node.url + path, data=None if body is None else json.dumps(body).encode(), method="POST",
        headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def vectors(node, model, documents):
    results = post(node, f"/_ml/trained_models/{model}/_infer?timeout=60s", {"docs": documents})["inference_results"]
    return np.array([result["predicted_value"] for result in results])


def compare(found, wanted):
    """The least cosine, and the largest difference as a share of the vector's length."""
    lengths = np.linalg.norm(wanted, axis=1)
    cosines = (found * wanted).sum(1) / np.linalg.norm(found, axis=1) / lengths
    return float(cosines.min()), float((np.abs(found - wanted).max(1) / lengths).max())


def flow(options, data):
    golden = json.loads((options.folder / "golden.json").read_text())
    wanted = load_file(options.folder / "golden.safetensors")
    texts = [{"text_field": text["text"]} for text in golden["texts"]]
    images = [
        {"image_field": "data:image/jpeg;base64," + base64.b64encode((IMAGES / image["file"]).read_bytes()).decode()}
        for image in golden["images"]]
    os.environ["CLIPSEARCH_PATH_MODELS"] = str(options.folder)
    os.environ["CLIPSEARCH_INFERENCE_START"] = "clip-vit-b-32"
    node = Node(options.binary, data)
    node.start()
    for precision, least in LEAST_COSINE.items():
        for model in ("clip-vit-b-32", "clip-vit-b-32-multilingual-v1"):
            post(node, f"/_ml/trained_models/{model}/deployment/_start?deployment_id={precision}-{len(model)}"
                       f"&precision={precision}&cache_size=0&timeout=60s")
        clip, multilingual = (f"{precision}-{len(m)}" for m in ("clip-vit-b-32", "clip-vit-b-32-multilingual-v1"))
        for what, found, name in (
                ("pictures", vectors(node, clip, images), "image_embeddings/clip"),
                ("texts", vectors(node, clip, texts), "text_embeddings/clip"),
                ("multilingual texts", vectors(node, multilingual, texts), "text_embeddings/multilingual")):
            cosine, difference = compare(found, wanted[name])
            step(f"{precision}, {what}", cosine >= least and (precision != "f32" or difference <= 1e-3),
                 f"least cosine {cosine:.8f}, largest difference {difference:.1e} of the length")
        for deployment in (clip, multilingual):
            single = np.concatenate([
                vectors(node, deployment, [document]) for document in (texts if deployment == multilingual else images)])
            batch = vectors(node, deployment, texts if deployment == multilingual else images)
            cosine, _ = compare(single, batch)
            step(f"{precision}, one by one as in a batch", cosine > 0.99999, f"least cosine {cosine:.8f}")
            post(node, f"/_ml/trained_models/{deployment}/deployment/_stop")
    node.stop()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--binary", default=BINARY)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as data:
        flow(options, data)
    done()


if __name__ == "__main__":
    main()
