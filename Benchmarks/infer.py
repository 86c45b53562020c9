#!/usr/bin/env python3
"""ClipSearch's encoders beside PyTorch, ONNX Runtime, OpenVINO and oneDNN: same sizes, same machine, same run.

    pip install numpy torch transformers onnx onnxruntime openvino nncf
    python3 Benchmarks/infer.py --image MODEL_DIR --text MODEL_DIR

MODEL_DIR are folders with a CLIP ViT-B/32 and with clip-ViT-B-32-multilingual-v1, or with random weights of the same
shapes: speed does not depend on the values, so the peers get random weights too. 8-bit peers: ONNX Runtime's dynamic
quantisation, OpenVINO with NNCF's post-training quantisation. "onednn" is the time of the layers' matrix products alone
(Benchmarks/onednn.c, if a C compiler and libdnnl-dev are there): the floor for whoever multiplies with it.

All take turns, several times over, and the least time of each counts: machines are shared, and what slows one round down
slows all. Prints milliseconds an item at batch 1 and 8, and our time in proportion to each peer's of the same precision.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import nncf
import numpy as np
import onnxruntime
import openvino
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection, DistilBertConfig, DistilBertModel

ROOT = pathlib.Path(__file__).resolve().parents[1]
BATCHES = (1, 8)
PRECISIONS = ("f32", "bf16", "int8")
CALLS = 5


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


def least(run):
    """Milliseconds of the fastest of a few calls."""
    run()
    times = []
    for _ in range(CALLS):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def torch_runners(module, inputs):
    for batch in BATCHES:
        tensors = [torch.from_numpy(value) for value in inputs(batch).values()]

        def exact(tensors=tensors):
            with torch.no_grad():
                module(*tensors)

        def rounded(tensors=tensors):
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                module(*tensors)

        yield ("torch", "f32", batch), lambda run=exact, batch=batch: least(run) / batch
        yield ("torch", "bf16", batch), lambda run=rounded, batch=batch: least(run) / batch


def onnxruntime_runners(path, inputs, threads):
    quantize_dynamic(path, path + ".int8", weight_type=QuantType.QInt8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    for precision, file in (("f32", path), ("int8", path + ".int8")):
        session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        for batch in BATCHES:
            values = inputs(batch)
            yield ("onnxruntime", precision, batch), lambda session=session, values=values, batch=batch: least(
                lambda: session.run(None, values)) / batch


def openvino_runners(path, inputs, threads):
    core = openvino.Core()
    graph = core.read_model(path)
    samples = nncf.Dataset([inputs(1) for _ in range(8)])
    quantised = nncf.quantize(
        core.read_model(path), samples, model_type=nncf.ModelType.TRANSFORMER, subset_size=8)
    for precision, model in (("f32", graph), ("bf16", graph), ("int8", quantised)):
        request = core.compile_model(model, "CPU", {
            "INFERENCE_PRECISION_HINT": "f32" if precision == "f32" else "bf16", "INFERENCE_NUM_THREADS": threads,
            "PERFORMANCE_HINT": "LATENCY"}).create_infer_request()
        for batch in BATCHES:
            values = inputs(batch)
            yield ("openvino", precision, batch), lambda request=request, values=values, batch=batch: least(
                lambda: request.infer(values)) / batch


def onednn_runners(folder, kind, rows, layers, threads):
    program = os.path.join(folder, "onednn")
    compiler = shutil.which("cc")
    source = str(ROOT / "Benchmarks/onednn.c")
    if not compiler or subprocess.run([compiler, "-O2", source, "-ldnnl", "-o", program], capture_output=True).returncode:
        return
    for precision in ("f32", "bf16"):
        for batch in BATCHES:
            def run(precision=precision, batch=batch):
                done = subprocess.run(
                    [program, precision, str(rows * batch), "768", "3072", str(layers)], capture_output=True,
                    env={**os.environ, "OMP_NUM_THREADS": str(threads)})
                return float(done.stdout) / batch if done.returncode == 0 else float("inf")
            yield ("onednn", precision, batch), run


def our_runners(options, model, kind):
    for precision in PRECISIONS:
        for batch in BATCHES:
            def run(precision=precision, batch=batch):
                command = [options.binary, "bench", "infer", "--model", model, "--kind", kind, "--batch", str(batch),
                           "--threads", str(options.threads), "--tokens", str(options.tokens), "--precision", precision,
                           "--json"]
                return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["min_ms_per_item"]
            yield ("clipsearch", precision, batch), run


def compare(options, kind, model, module, inputs, axes, rows, layers):
    module = module.eval()
    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        example = inputs(1)
        with torch.no_grad():
            torch.onnx.export(
                module, tuple(torch.from_numpy(value) for value in example.values()), path,
                input_names=list(example), output_names=["embedding"], dynamic_axes=axes, opset_version=17, dynamo=False)
        runners = dict(our_runners(options, model, kind))
        runners.update(torch_runners(module, inputs))
        runners.update(onnxruntime_runners(path, inputs, options.threads))
        runners.update(openvino_runners(path, inputs, options.threads))
        runners.update(onednn_runners(folder, kind, rows, layers, options.threads))
        times = {}
        for _ in range(options.rounds):
            for key, run in runners.items():
                times[key] = min(run(), times.get(key, float("inf")))
    for batch in BATCHES:
        for precision in PRECISIONS:
            ours = times["clipsearch", precision, batch]
            for (peer, _, _), value in sorted(
                    ((key, value) for key, value in times.items() if key[1:] == (precision, batch)),
                    key=lambda item: item[1]):
                if value == float("inf"):
                    print(f"{kind:5} batch {batch} {precision:4}: {peer:12} not on this CPU", flush=True)
                else:
                    print(f"{kind:5} batch {batch} {precision:4}: {peer:12} {value:7.2f} ms an item"
                          f"{'' if peer == 'clipsearch' else f'   ours takes {ours / value:.2f} of it'}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--image", help="folder with a CLIP ViT-B/32")
    parser.add_argument("--text", help="folder with a multilingual DistilBERT text tower")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--tokens", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--binary", default=str(ROOT / ".build/release/clipsearch"))
    options = parser.parse_args()
    torch.manual_seed(0)
    if options.image:
        compare(options, "image", options.image, Image(),
                lambda batch: {"pixels": np.random.randn(batch, 3, 224, 224).astype("f4")},
                {"pixels": {0: "batch"}, "embedding": {0: "batch"}}, rows=50, layers=12)
    if options.text:
        length = options.tokens
        compare(options, "text", options.text, Text(),
                lambda batch: {"ids": np.random.randint(5, 1000, (batch, length)), "mask": np.ones((batch, length), "i8")},
                {"ids": {0: "batch", 1: "length"}, "mask": {0: "batch", 1: "length"}, "embedding": {0: "batch"}},
                rows=length, layers=6)


if __name__ == "__main__":
    main()
