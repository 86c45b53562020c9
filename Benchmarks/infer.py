#!/usr/bin/env python3
"""ClipSearch's encoders beside PyTorch, ONNX Runtime and OpenVINO: same sizes, same machine, same run, float32.

    pip install numpy torch transformers onnx onnxruntime openvino
    python3 Benchmarks/infer.py --image MODEL_DIR --text MODEL_DIR

MODEL_DIR are folders with a CLIP ViT-B/32 and with clip-ViT-B-32-multilingual-v1, or with random weights of the same
shapes: speed does not depend on the values, so the peers get random weights too. Prints the median milliseconds an item
at batch 1 and 8, and the ratios to the best peer.
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time

import numpy as np
import onnxruntime
import openvino
import torch
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection, DistilBertConfig, DistilBertModel

ROOT = pathlib.Path(__file__).resolve().parents[1]
BATCHES = (1, 8)
RUNS = 15


class Image(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.tower = CLIPVisionModelWithProjection(CLIPVisionConfig(
            hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12, patch_size=32,
            image_size=224, projection_dim=512))

    def forward(self, pixels):
        return self.tower(pixel_values=pixels).image_embeds


class Text(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.tower = DistilBertModel(DistilBertConfig(vocab_size=119547))
        self.dense = torch.nn.Linear(768, 512, bias=False)

    def forward(self, ids, mask):
        hidden = self.tower(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).float()
        return self.dense((hidden * weights).sum(1) / weights.sum(1))


def median(run):
    for _ in range(3):
        run()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[RUNS // 2]


def peers(module, inputs, axes, threads):
    """Yields (peer, batch, ms an item)."""
    module = module.eval()
    torch.set_num_threads(threads)
    with torch.no_grad(), tempfile.TemporaryDirectory() as folder:
        for batch in BATCHES:
            tensors = [torch.from_numpy(value) for value in inputs(batch).values()]
            yield "torch", batch, median(lambda: module(*tensors)) / batch
        path = os.path.join(folder, "model.onnx")
        example = inputs(1)
        torch.onnx.export(
            module, tuple(torch.from_numpy(value) for value in example.values()), path, input_names=list(example),
            output_names=["embedding"], dynamic_axes=axes, opset_version=17, dynamo=False)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        for batch in BATCHES:
            values = inputs(batch)
            yield "onnxruntime", batch, median(lambda: session.run(None, values)) / batch
        core = openvino.Core()
        request = core.compile_model(core.read_model(path), "CPU", {
            "INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": threads,
            "PERFORMANCE_HINT": "LATENCY"}).create_infer_request()
        for batch in BATCHES:
            values = inputs(batch)
            yield "openvino", batch, median(lambda: request.infer(values)) / batch


def ours(options, model, kind, batch):
    command = [options.binary, "bench", "infer", "--model", model, "--kind", kind, "--batch", str(batch),
               "--threads", str(options.threads), "--tokens", str(options.tokens), "--json"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["ms_per_item"]


def compare(options, kind, model, module, inputs, axes):
    rows = {}
    for batch in BATCHES:
        rows["clipsearch", batch] = ours(options, model, kind, batch)
    for peer, batch, milliseconds in peers(module, inputs, axes, options.threads):
        rows[peer, batch] = milliseconds
    for (peer, batch), milliseconds in sorted(rows.items(), key=lambda item: (item[0][1], item[1])):
        print(f"{kind:5} batch {batch}: {peer:12} {milliseconds:7.2f} ms an item", flush=True)
    for batch in BATCHES:
        best = min((value, peer) for (peer, size), value in rows.items() if size == batch and peer != "clipsearch")
        print(f"{kind:5} batch {batch}: {rows['clipsearch', batch] / best[0]:.2f} × the time of {best[1]}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--image", help="folder with a CLIP ViT-B/32")
    parser.add_argument("--text", help="folder with a multilingual DistilBERT text tower")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--tokens", type=int, default=12)
    parser.add_argument("--binary", default=str(ROOT / ".build/release/clipsearch"))
    options = parser.parse_args()
    torch.manual_seed(0)
    if options.image:
        compare(options, "image", options.image, Image(),
                lambda batch: {"pixels": np.random.randn(batch, 3, 224, 224).astype("f4")},
                {"pixels": {0: "batch"}, "embedding": {0: "batch"}})
    if options.text:
        length = options.tokens
        compare(options, "text", options.text, Text(),
                lambda batch: {"ids": np.random.randint(5, 1000, (batch, length)), "mask": np.ones((batch, length), "i8")},
                {"ids": {0: "batch", 1: "length"}, "mask": {0: "batch", 1: "length"}, "embedding": {0: "batch"}})


if __name__ == "__main__":
    main()
