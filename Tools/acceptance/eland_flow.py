#!/usr/bin/env python3
"""eland's own command uploads a model to a node, as it would to Elasticsearch.

    python3 -m venv /tmp/eland && /tmp/eland/bin/pip install 'eland[pytorch]'
    /tmp/eland/bin/python Tools/acceptance/eland_flow.py [--model FOLDER]

FOLDER holds a model in the layout of sentence-transformers; without it one of the test fixtures is taken, with more
positions, since eland traces texts of 512 tokens. The vectors are compared with sentence-transformers' own; then the model is uploaded again, quantised and over itself, and the
node is restarted. Prints one line a step and ends with 'N passed, 0 failed'; the first failure ends it with status 1.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy as np
from elasticsearch import BadRequestError, Elasticsearch, NotFoundError
from sentence_transformers import SentenceTransformer
from transformers import DistilBertConfig, DistilBertModel

from harness import BINARY, ROOT, Node, done, step

TEXTS = ["a photo of a small orange cat", "Ein Hund im Schnee", "夕焼けの海", "", "1234 %&/"]


def eland(node, model, name, *options):
    command = [
        str(pathlib.Path(sys.executable).parent / "eland_import_hub_model"), "--url", node.url, "--hub-model-id", model,
        "--es-model-id", name, "--task-type", "text_embedding", *options]
    finished = subprocess.run(
        command, env={**os.environ, "HF_HUB_OFFLINE": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return finished.returncode, finished.stdout


def vectors(client, name):
    answer = client.ml.infer_trained_model(model_id=name, docs=[{"text_field": text} for text in TEXTS])
    return np.array([result["predicted_value"] for result in answer["inference_results"]])


def least_cosine(left, right):
    dot = (left * right).sum(1)
    return float((dot / np.linalg.norm(left, axis=1) / np.linalg.norm(right, axis=1)).min())


def longer_fixture(folder):
    model = pathlib.Path(folder) / "fixture"
    shutil.copytree(ROOT / "Tests/Fixtures/reference-small/clip-multilingual", model)
    configuration = DistilBertConfig.from_pretrained(model)
    configuration.max_position_embeddings = 512
    DistilBertModel(configuration).save_pretrained(model)
    return str(model)


def flow(options, data):
    options.model = options.model or longer_fixture(data)
    reference = SentenceTransformer(options.model, device="cpu").encode(TEXTS)
    node = Node(options.binary, data)
    node.start()
    client = Elasticsearch(node.url, request_timeout=120)

    status, output = eland(node, options.model, "uploaded", "--start")
    step("eland_import_hub_model --start", status == 0 and "successfully imported" in output, output[-200:] if status else "")
    configuration = client.ml.get_trained_models(model_id="uploaded")["trained_model_configs"][0]
    step("the configuration is there", configuration["input"]["field_names"] == ["text_field"],
         configuration["inference_config"]["text_embedding"].get("embedding_size"))
    state = client.ml.get_trained_models_stats(model_id="uploaded")["trained_model_stats"][0]["deployment_stats"]
    step("deployed", state["state"] == "started", state["precision"])
    found = least_cosine(vectors(client, "uploaded"), reference)
    step("vectors as sentence-transformers makes them", found >= 0.999, f"least cosine {found:.6f}")

    client.perform_request(
        "POST", "/_ml/trained_models/uploaded/deployment/_start", params={"deployment_id": "exact", "precision": "f32"},
        headers={"accept": "application/json"})
    exact = least_cosine(vectors(client, "exact"), reference)
    step("exact in f32", exact >= 0.99999, f"least cosine {exact:.7f}")
    client.ml.stop_trained_model_deployment(model_id="exact")

    status, output = eland(node, options.model, "uploaded", "--start")
    step("a model that is there is not replaced unasked", "already exists" in output)
    status, output = eland(node, options.model, "uploaded", "--clear-previous", "--start")
    step("--clear-previous replaces it", status == 0 and "successfully imported" in output, output[-200:] if status else "")
    step("it serves again", least_cosine(vectors(client, "uploaded"), reference) >= 0.999)

    status, output = eland(node, options.model, "quantised", "--quantize", "--start")
    step("--quantize", status == 0, output[-200:] if status else "")
    rounded = least_cosine(vectors(client, "quantised"), reference)
    step("from quantised weights", rounded >= 0.98, f"least cosine {rounded:.6f}")

    try:
        client.ml.delete_trained_model(model_id="uploaded")
        step("a deployed model is not deleted", False)
    except Exception as error:
        step("a deployed model is not deleted", getattr(error, "status_code", 0) == 409, getattr(error, "message", error))

    client.close()
    step("SIGTERM stops the node", node.stop() == 0)
    node.start()
    client = Elasticsearch(node.url, request_timeout=120)
    found = least_cosine(vectors(client, "uploaded"), reference)
    step("after a restart: deployed, with the same vectors", found >= 0.999, f"least cosine {found:.6f}")
    client.ml.put_trained_model_alias(model_id="uploaded", model_alias="words")
    step("by an alias", vectors(client, "words").shape == reference.shape)
    for name in ("uploaded", "quantised"):
        client.ml.delete_trained_model(model_id=name, force=True)
    try:
        client.ml.get_trained_models(model_id="uploaded")
        step("deleted", False)
    except NotFoundError:
        step("deleted", True)
    try:
        client.ml.put_trained_model(model_id="trees", inference_config={"regression": {}}, input={"field_names": ["a"]})
        step("a task that cannot be run is refused", False)
    except BadRequestError as error:
        step("a task that cannot be run is refused", True, error.message)
    client.close()
    node.stop()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", default=BINARY)
    arguments.add_argument("--model")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as data:
        flow(options, data)
    done()


if __name__ == "__main__":
    main()
