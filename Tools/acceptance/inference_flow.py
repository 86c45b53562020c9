#!/usr/bin/env python3
"""elasticsearch-py's inference namespace and query vector builders against our models: endpoints, texts, pictures, mixtures.

    python3 -m venv /tmp/es9 && /tmp/es9/bin/pip install 'elasticsearch>=9,<10'
    /tmp/es9/bin/python Tools/acceptance/inference_flow.py

Prints one line a check, goes on after a failure, and ends with 'N passed, M failed'.
"""
import base64
import subprocess

from elasticsearch import BadRequestError, ConflictError, Elasticsearch, NotFoundError

from harness import BINARY, ROOT, check, run

SAMPLES = ROOT / "Samples"
CONFIGURATION = {"service": "clipsearch", "service_settings": {"model_id": "compact"}}


def picture(name):
    content = base64.b64encode((SAMPLES / name).read_bytes()).decode()
    return {"type": "image", "format": "base64", "value": f"data:image/jpeg;base64,{content}"}


def refused(kind, call):
    """The reason of an error of a kind; None where there is none."""
    try:
        call()
    except kind as error:
        return error.body["error"]["reason"]
    return None


def flow(url):
    client = Elasticsearch(url, request_timeout=60)
    subprocess.run([BINARY_OF_FLOW, "import", str(SAMPLES), "--index", "sample-images", "--url", url, "--no-thumbnails"],
                   check=True, capture_output=True)

    # Endpoints.
    ids = lambda **where: [endpoint["inference_id"] for endpoint in client.inference.get(**where)["endpoints"]]
    check("the bundled model has an endpoint without a PUT", lambda: ids() == [".compact-clipsearch"])
    check("PUT embedding", lambda: client.inference.put(
        task_type="embedding", inference_id="pictures", inference_config=CONFIGURATION)["service_settings"]["dimensions"] == 384)
    check("PUT text_embedding by put_elasticsearch", lambda: client.inference.put_elasticsearch(
        task_type="text_embedding", elasticsearch_inference_id="words", service="elasticsearch",
        service_settings={"model_id": "compact", "num_threads": 1, "num_allocations": 1},
        chunking_settings={"strategy": "sentence", "max_chunk_size": 100, "sentence_overlap": 0},
    )["chunking_settings"]["sentence_overlap"] == 0)
    check("a second PUT is refused", lambda: refused(BadRequestError, lambda: client.inference.put(
        task_type="embedding", inference_id="pictures", inference_config=CONFIGURATION)) == "Inference endpoint [pictures] already exists")
    check("GET all, by task, by id", lambda: (
        ids() == [".compact-clipsearch", "pictures", "words"] and ids(task_type="text_embedding", inference_id="_all") == ["words"]
        and ids(inference_id="words") == ["words"]))
    check("update", lambda: client.inference.update(
        task_type="embedding", inference_id="pictures", inference_config={"service_settings": {"num_allocations": 2}},
    )["service_settings"]["num_allocations"] == 2)

    # Vectors.
    words = client.inference.text_embedding(inference_id="words", input=["a cat", "a dog"])["text_embedding"]
    check("two texts, two vectors", lambda: [len(entry["embedding"]) for entry in words] == [384, 384])
    many = client.inference.inference(inference_id="words", input=[f"word {number}" for number in range(1000)])
    check("a thousand texts", lambda: len(many["text_embedding"]) == 1000)
    embed = lambda given: client.perform_request(
        "POST", "/_inference/embedding/pictures", headers={"Accept": "application/json", "Content-Type": "application/json"},
        body={"input": given})["embeddings"]
    check("texts and pictures, one vector each", lambda: len(embed(["a cat", {"content": picture("tiger.jpg")}])) == 2)
    check("contents that become one vector", lambda: len(embed(
        {"content": [picture("tiger.jpg"), {"type": "text", "value": "at night", "weight": 0.5}]})) == 1)
    check("bare base64 is refused", lambda: refused(BadRequestError, lambda: embed(
        {"content": {"type": "image", "value": "AAAA"}})) is not None)

    # Searches.
    def names(builder, **more):
        knn = {"field": "image_embedding", "k": 3, "num_candidates": 100, "query_vector_builder": builder, **more}
        found = [
            client.search(index="sample-images", knn=knn, fields=["image_name"], source=False, size=3),
            client.search(index="sample-images", query={"knn": knn}, fields=["image_name"], source=False, size=3),
            client.search(index="sample-images", retriever={"knn": {k: v for k, v in knn.items()}}, fields=["image_name"],
                          source=False, size=3)]
        lists = [[hit["fields"]["image_name"][0] for hit in answer["hits"]["hits"]] for answer in found]
        assert lists[0] == lists[1] == lists[2], lists
        return lists[0]

    embedding = lambda given, **more: {"embedding": {"inference_id": "pictures", "input": given, **more}}
    birds = {"swan.jpg", "owl.jpg", "egyptian-hawk-symbol.jpg", "turkey.jpg", "rooster.jpg"}
    check("embedding of a text", lambda: set(names(embedding("a bird", timeout="10s"))) <= birds)
    check("embedding of a picture", lambda: names(embedding(picture("red-flower.jpg")))[0] == "red-flower.jpg")
    check("text_embedding by an endpoint", lambda: set(names({"text_embedding": {"model_id": "words", "model_text": "a bird"}})) <= birds)
    check("weights", lambda: names(embedding([
        {"type": "text", "value": "red flower"}, {**picture("red-flower.jpg"), "weight": 0.6},
        {"type": "text", "value": "rose", "weight": -0.4}]))[0] == "red-flower.jpg")
    tiger = client.search(index="sample-images", query={"term": {"image_name": "tiger.jpg"}})["hits"]["hits"][0]["_id"]
    check("lookup", lambda: names({"lookup": {"index": "sample-images", "id": tiger, "path": "image_embedding"}})[:2]
          == ["tiger.jpg", "tiger-2.jpg"])
    check("a cut-off leaves nothing where nothing is like it", lambda: names(
        embedding("quantum chromodynamics"), similarity=0.437, filter={"exists": {"field": "caption"}}) == [])
    check("a text endpoint embeds no pictures", lambda: refused(BadRequestError, lambda: names(
        {"embedding": {"inference_id": "words", "input": "x"}})) == (
            "Incompatible task_type for embedding API, the inference endpoint [words] has task type [text_embedding], "
            "expected [embedding]"))
    check("no such endpoint", lambda: refused(NotFoundError, lambda: names(
        {"embedding": {"inference_id": "none", "input": "x"}})) == "Inference endpoint not found [none]")
    check("no such document", lambda: refused(NotFoundError, lambda: names(
        {"lookup": {"index": "sample-images", "id": "none", "path": "image_embedding"}})) is not None)

    # What was measured, and labels.
    measured = client.ml.get_trained_models(model_id="compact")["trained_model_configs"][0]["metadata"]["clipsearch"]
    check("cut-offs were measured", lambda: 0 < measured["cut_offs"]["text_to_image"]["similarity"] < 1)
    classified = client.perform_request(
        "POST", "/sample-images/_classify", headers={"Accept": "application/json", "Content-Type": "application/json"},
        body={"labels": ["animal", "food", "musical instrument"], "prompt": "a photo of {}", "size": 300, "fields": ["image_name"],
              "_source": False})
    best = {hit["fields"]["image_name"][0]: hit["classification"]["label"] for hit in classified["hits"]["hits"]}
    check("labels", lambda: (best["tiger.jpg"], best["burger.jpg"], best["cello.jpg"]) == ("animal", "food", "musical instrument"))

    # Deleting.
    client.ingest.put_pipeline(id="p", processors=[
        {"inference": {"model_id": "words", "input_output": {"input_field": "a", "output_field": "v"}}}])
    check("a pipeline asks an endpoint", lambda: len(client.ingest.simulate(
        id="p", docs=[{"_source": {"a": "a cat"}}])["docs"][0]["doc"]["_source"]["v"]) == 384)
    check("a dry run tells who uses it", lambda: client.inference.delete(inference_id="words", dry_run=True)["pipelines"] == ["p"])
    check("what is used is not deleted", lambda: refused(ConflictError, lambda: client.inference.delete(inference_id="words")) is not None)
    check("but by force", lambda: client.inference.delete(inference_id="words", force=True)["acknowledged"])
    check("deleting by task", lambda: client.inference.delete(task_type="embedding", inference_id="pictures")["acknowledged"])
    check("it is gone", lambda: refused(NotFoundError, lambda: client.inference.get(inference_id="pictures")) is not None)


if __name__ == "__main__":
    import sys

    BINARY_OF_FLOW = sys.argv[sys.argv.index("--binary") + 1] if "--binary" in sys.argv else BINARY
    run(__doc__.splitlines()[0], flow)
