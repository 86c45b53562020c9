#!/usr/bin/env python3
"""Makes tiny SigLIP models with random weights as published ones are laid out, and what Hugging Face computes with them:
Tests/Fixtures/reference-siglip.

    make_siglip.py Tests/Fixtures/reference-siglip

`siglip` has a spiece.model and pictures resized by the cubic filter; `siglip2` a Gemma tokenizer and the linear filter;
`so400m` is in several files and has the widths of that shape: heads of 72, patches that leave a rest, 16 tokens;
`siglip-fast` is the first one's tokenizer as a tokenizer.json. The vocabularies are trained on reference_corpus.txt.

golden.json has for each text of reference-small the ids by tokenizer, without padding and cut off at 64; for each picture
the SHA-256 of the 8-bit pixels by model; what the 256 levels become. golden.safetensors has, by model,
`text_embeddings/NAME` for TEXTS (padded ids in golden.json) and `image_embeddings/NAME` for made-up pictures, not
normalised. Pillow's path, 32-bit floats, one thread.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import unicodedata
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import numpy as np
import sentencepiece
import tokenizers
import torch
import transformers
from PIL import Image
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoTokenizer, SiglipConfig, SiglipModel, SiglipTokenizer
from transformers.convert_slow_tokenizer import import_protobuf
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil
from transformers.models.siglip2.tokenization_siglip2 import Siglip2Tokenizer

from make_clip_variants import pixels

HERE = Path(__file__).resolve().parent
SMALL = HERE.parents[1] / "Tests/Fixtures/reference-small"
TEXTS = ["A photo of 2 cats!", "the quick, brown fox: jumps over the lazy dog", "", "Straße ÉCOLE ﬁn 猫", "word " * 80]
PICTURES, LENGTH = 3, 64
SHAPE = {"hidden_size": 16, "intermediate_size": 40, "num_hidden_layers": 2, "num_attention_heads": 2}
TINY = {"num_hidden_layers": 1}

# name: (text, vision, resample, bytes of the largest file)
MODELS = {
    "siglip": (SHAPE, SHAPE, 3, "5GB"),
    "siglip2": (SHAPE | TINY | {"hidden_size": 24, "num_attention_heads": 3, "projection_size": 16}, SHAPE | TINY, 2, "5GB"),
    "so400m": (
        SHAPE | TINY | {"hidden_size": 8, "projection_size": 72, "max_position_embeddings": 16},
        SHAPE | TINY | {
            "hidden_size": 72, "intermediate_size": 76, "num_attention_heads": 1, "patch_size": 6, "image_size": 20},
        3, "60KB"),
}


def charsmap_rules() -> str:
    """A few of NFKC's rules and SentencePiece's own: the whole table has a quarter of a megabyte."""
    rules = {"\t": " ", "\n": " ", "\r": " ", "\u00a0": " ", "\u3000": " ", "\u200b": " ", "\u2581": " ", "\x7f": ""}
    for character in [*map(chr, range(0xFF01, 0xFF5F)), *"ﬁﬂ①②½ⅣÅ㎞™…ª²³µ", *map(chr, range(0xC0, 0x100))]:
        composed = unicodedata.normalize("NFKC", character)
        for source in {character, unicodedata.normalize("NFD", character)}:
            if source != composed:
                rules[source] = composed
    code = lambda text: " ".join(f"{ord(character):X}" for character in text)
    return "".join(f"{code(source)}\t{code(target)}\n" for source, target in sorted(rules.items()))


def corpus() -> list[str]:
    """The lines in Latin letters."""
    lines = (HERE / "reference_corpus.txt").read_text().splitlines()
    return [line for line in lines if line[:1] not in ("", "#") and max(line) < "\u0250"]


def train_unigram(folder: Path) -> None:
    """As the vocabulary of C4, which SigLIP has: padding, end and unknown first, no beginning."""
    rules = folder / "rules.tsv"
    rules.write_text(charsmap_rules())
    lines = [line.lower() for line in corpus()]
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=model, vocab_size=600, model_type="unigram", character_coverage=0.99,
        pad_id=0, eos_id=1, unk_id=2, bos_id=-1, normalization_rule_tsv=str(rules), num_threads=1, hard_vocab_limit=False,
        minloglevel=2)
    rules.unlink()
    proto = import_protobuf().ModelProto.FromString(model.getvalue())
    proto.normalizer_spec.normalization_rule_tsv = ""
    (folder / "spiece.model").write_bytes(proto.SerializeToString(deterministic=True))
    special = lambda content: {
        "content": content, "lstrip": True, "normalized": False, "rstrip": True, "single_word": False, "special": True}
    settings = {
        "added_tokens_decoder": {"1": special("</s>"), "2": special("<unk>")}, "additional_special_tokens": [],
        "clean_up_tokenization_spaces": True, "do_lower_case": True, "eos_token": "</s>", "model_input_names": ["input_ids"],
        "model_max_length": LENGTH, "pad_token": "</s>", "processor_class": "SiglipProcessor", "sp_model_kwargs": {},
        "tokenizer_class": "SiglipTokenizer", "unk_token": "<unk>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")


def convert_unigram(source: Path, folder: Path) -> None:
    """The same vocabulary for the fast tokenizers, with the steps that take SiglipTokenizer's place."""
    proto = import_protobuf().ModelProto.FromString((source / "spiece.model").read_bytes())
    tokenizer = Tokenizer(models.Unigram([(piece.piece, piece.score) for piece in proto.pieces], unk_id=2))
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.Precompiled(proto.normalizer_spec.precompiled_charsmap), normalizers.Lowercase(),
        normalizers.Replace(Regex(r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""), ""),
        normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens([
        tokenizers.AddedToken(token, lstrip=True, rstrip=True, normalized=False) for token in ("</s>", "<unk>")])
    tokenizer.add_tokens([tokenizers.AddedToken("new york", normalized=True)])
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def train_gemma(folder: Path) -> None:
    """Byte-pair merges between characters, bytes for what is unknown, `▁` for spaces: as Gemma's."""
    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]
    trainer = trainers.BpeTrainer(
        vocab_size=700, show_progress=False,
        special_tokens=[*special, "\n", "▁▁", "<table>", *(f"<0x{byte:02X}>" for byte in range(256))])
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    tokenizer.train_from_iterator(corpus(), trainer)
    trained = json.loads(tokenizer.to_str())
    trained["pre_tokenizer"] = json.loads(Tokenizer.to_str(_with_split()))["pre_tokenizer"]
    # The bytes are pieces; line ends and the like are added tokens, but no special ones.
    trained["added_tokens"] = [
        token | {"special": token["content"] in special}
        for token in trained["added_tokens"] if not token["content"].startswith("<0x")]
    text, end = {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "<eos>", "type_id": 0}}
    trained["post_processor"] = {
        "type": "TemplateProcessing", "single": [text, end], "pair": [text, end],
        "special_tokens": {"<eos>": {"id": "<eos>", "ids": [1], "tokens": ["<eos>"]}}}
    (folder / "tokenizer.json").write_text(json.dumps(trained, ensure_ascii=False) + "\n")
    added = {
        str(token["id"]): {key: value for key, value in token.items() if key != "id"} for token in trained["added_tokens"]}
    settings = {
        "add_bos_token": False, "add_eos_token": True, "added_tokens_decoder": added, "bos_token": "<bos>",
        "clean_up_tokenization_spaces": False, "eos_token": "<eos>", "model_input_names": ["input_ids"],
        "model_max_length": 1000000000000000019884624838656, "pad_token": "<pad>", "padding_side": "right",
        "processor_class": "SiglipProcessor", "tokenizer_class": "GemmaTokenizer", "unk_token": "<unk>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2, ensure_ascii=False) + "\n")


def _with_split() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    return tokenizer


def make(folder: Path, name: str, tensors: dict[str, np.ndarray], golden: dict) -> None:
    text, vision, resample, shard = MODELS[name]
    place = folder / name
    place.mkdir(parents=True)
    if name == "siglip2":
        train_gemma(place)
    else:
        train_unigram(place)
    tokenizer_config = (place / "tokenizer_config.json").read_text()
    vocabulary = 700 if name == "siglip2" else sentencepiece.SentencePieceProcessor(str(place / "spiece.model")).vocab_size()
    torch.manual_seed(sorted(MODELS).index(name))
    config = SiglipConfig(text_config=text | {"vocab_size": vocabulary}, vision_config=vision)
    model = SiglipModel(config).eval()
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            # Wide enough that every nonlinearity is felt.
            scale = 0.2 if parameter.ndim < 2 else 1.2 / parameter[0].numel() ** 0.5
            parameter.copy_(torch.randn_like(parameter) * scale)
            if "norm" in key and key.endswith("weight"):
                parameter.add_(1)
            if name == "so400m":
                parameter.copy_(parameter.bfloat16())
    # The checkpoints leave the padding token of the configuration at its default.
    if name == "so400m":
        model.bfloat16().save_pretrained(place, max_shard_size=shard)
        model.float()
    else:
        model.save_pretrained(place)
    (place / "generation_config.json").unlink(missing_ok=True)
    size = config.vision_config.image_size
    preprocessing = {
        "do_convert_rgb": None, "do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.5, 0.5, 0.5],
        "image_processor_type": "SiglipImageProcessor", "image_std": [0.5, 0.5, 0.5], "processor_class": "SiglipProcessor",
        "resample": resample, "rescale_factor": 0.00392156862745098, "size": {"height": size, "width": size}}
    (place / "preprocessor_config.json").write_text(json.dumps(preprocessing, indent=2) + "\n")

    tokenizer = AutoTokenizer.from_pretrained(place)
    assert tokenizer.__class__.__name__ == ("GemmaTokenizer" if name == "siglip2" else "SiglipTokenizer"), tokenizer
    assert (place / "tokenizer_config.json").read_text() == tokenizer_config
    length = config.text_config.max_position_embeddings
    padded = tokenizer(TEXTS, padding="max_length", truncation=True, max_length=length)
    assert list(padded) == ["input_ids"] and all(len(ids) == length for ids in padded["input_ids"])
    processor = SiglipImageProcessorPil.from_pretrained(place)
    with torch.no_grad():
        texts = model.get_text_features(input_ids=torch.tensor(padded["input_ids"])).pooler_output
        images = model.get_image_features(pixel_values=torch.from_numpy(pixels(PICTURES, size))).pooler_output
    tensors[f"text_embeddings/{name}"] = texts.numpy()
    tensors[f"image_embeddings/{name}"] = images.numpy()
    golden["models"][name] = {
        "padded": padded["input_ids"], "pixels": [picture_hash(processor, entry["file"]) for entry in golden["images"]]}
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, axis=2)
    seen = processor(Image.fromarray(levels), do_resize=False, return_tensors="np")["pixel_values"][0, 0]
    tensors[f"levels/{name}"] = seen.reshape(-1).astype(np.float32)


def picture_hash(processor: SiglipImageProcessorPil, file: str) -> str:
    image = Image.open(SMALL / file)
    # SigLIP 2's files say null, whereupon pictures that are not RGB fail.
    found = processor(
        image, do_convert_rgb=True, do_normalize=False, do_rescale=False, return_tensors="np")["pixel_values"][0]
    return hashlib.sha256(np.ascontiguousarray(found.transpose(1, 2, 0)).astype(np.uint8).tobytes()).hexdigest()


def tokens(folder: Path, texts: list[str]) -> dict[str, list[list[int]]]:
    cut = {"truncation": True, "max_length": LENGTH}
    fast = Tokenizer.from_file(str(folder / "siglip-fast/tokenizer.json"))
    fast.enable_truncation(LENGTH)
    slow = AutoTokenizer.from_pretrained(folder / "siglip")
    gemma = AutoTokenizer.from_pretrained(folder / "siglip2")
    lowercasing = Siglip2Tokenizer.from_pretrained(folder / "siglip2")
    return {
        "siglip": [slow(text, **cut)["input_ids"] for text in texts],
        "siglip-fast": [fast.encode(text).ids for text in texts],
        "siglip2": [gemma(text, **cut)["input_ids"] for text in texts],
        "siglip2-lowercasing": [lowercasing(text, **cut)["input_ids"] for text in texts],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    small = json.loads((SMALL / "golden.json").read_text())
    tensors: dict[str, np.ndarray] = {}
    golden = {
        "torch": torch.__version__, "transformers": transformers.__version__, "sentencepiece": sentencepiece.__version__,
        "tokenizers": tokenizers.__version__, "images": [{"file": image["file"]} for image in small["images"]],
        "texts": TEXTS, "models": {}}
    for name in MODELS:
        make(folder, name, tensors, golden)
    convert_unigram(folder / "siglip", folder / "siglip-fast")
    golden["tokens"] = tokens(folder, [text["text"] for text in small["texts"]])
    save_file(tensors, folder / "golden.safetensors")
    (folder / "golden.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
