#!/usr/bin/env python3
"""Makes tiny models with random weights, traces and saves them as eland does before it uploads them, and records what torch
computes with the saved archives.

    make_torchscript.py --out Tests/Fixtures/torchscript

Each model is a folder as the server keeps an uploaded one: model.json (the body of PUT _ml/trained_models/<id>),
definition.pt (the TorchScript archive), vocabulary.json (the body of PUT .../vocabulary). golden.json has, for each model, the
token ids of every text and the embeddings that torch gives for them. Archives that eland itself would not make (not frozen,
attention written out, CLIP) are traced here.

Needs eland 9, torch 2, transformers 4, sentence-transformers 5.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import warnings
import zipfile
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
import transformers
from eland.ml.pytorch.transformers import TransformerModel
from sentence_transformers import SentenceTransformer, models
from transformers import (
    BertConfig,
    BertModel,
    BertTokenizer,
    CLIPTextConfig,
    CLIPTextModelWithProjection,
    DistilBertConfig,
    DistilBertModel,
    MPNetConfig,
    MPNetModel,
    RobertaConfig,
    RobertaModel,
    RobertaTokenizer,
    XLMRobertaConfig,
    XLMRobertaModel,
    XLMRobertaTokenizer,
)

torch.set_num_threads(1)
transformers.logging.set_verbosity_error()
warnings.filterwarnings("ignore")

TEXTS = [
    "a cat sat on the mat",
    "This is an example sentence.",
    "Two dogs, running!",
    "ok",
    "a",
    "",
    "the red bicycle (old) leans against a wall; nobody's there",
    "Ärger über Öl — naïve café №5",
    "don't  stop\tnow\n 42 times",
    "猫 and 犬",
    "ﬁne ½ ｆｕｌｌ width\u00a0space\u200bzero",
]
SIZES = dict(hidden=16, layers=2, heads=4, inner=32, positions=64)
WORDS = "a an the cat dog sat on mat this is example sentence two red wall old stop times and ok".split()


def pieces() -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    endings = ["##ing", "##s", "##n", "##le"]
    seen = dict.fromkeys([*special, *letters, *(f"##{c}" for c in letters), *".,!?;'()—", *WORDS, *endings, "猫"])
    return list(seen)


def byte_pairs(folder: Path) -> tuple[Path, Path]:
    """A byte-level vocabulary of 256 bytes and some merges."""
    from transformers.models.roberta.tokenization_roberta import bytes_to_unicode

    alphabet = list(bytes_to_unicode().values())
    tokens, merges = ["<s>", "<pad>", "</s>", "<unk>", *alphabet], []
    for word in [f"Ġ{word}" for word in WORDS if len(word) > 1] + ["is", "ing"]:
        for end in range(2, len(word) + 1):
            pair = (word[: end - 1], word[end - 1])
            if word[:end] not in tokens:
                merges.append(" ".join(pair))
                tokens.append(word[:end])
    tokens.append("<mask>")
    vocabulary, list_of_merges = folder / "vocab.json", folder / "merges.txt"
    vocabulary.write_text(json.dumps({token: index for index, token in enumerate(tokens)}), encoding="utf-8")
    list_of_merges.write_text("#version: 0.2\n" + "\n".join(merges) + "\n", encoding="utf-8")
    return vocabulary, list_of_merges


def sentence_pieces(folder: Path) -> Path:
    """A unigram model of a few hundred pieces."""
    import sentencepiece

    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join([*TEXTS, " ".join(WORDS), *(" ".join(WORDS[i::3]) for i in range(3))] * 5), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus), model_prefix=str(folder / "pieces"), vocab_size=150, model_type="unigram",
        hard_vocab_limit=False, minloglevel=2, num_threads=1,
    )
    return folder / "pieces.model"


def randomise(module: torch.nn.Module, seed: int) -> None:
    """Weights of which no two are alike, so that none can stand for another; large enough that every layer matters."""
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in module.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        is_scale = "norm" in name.lower() and name.endswith("weight")
        parameter.data = 1 + 0.2 * noise if is_scale else 0.25 * noise


def bert(words: int, layers: int = SIZES["layers"], **options) -> BertModel:
    return BertModel._from_config(
        BertConfig(
            vocab_size=words, hidden_size=SIZES["hidden"], num_hidden_layers=layers,
            num_attention_heads=SIZES["heads"], intermediate_size=SIZES["inner"],
            max_position_embeddings=SIZES["positions"],
        ),
        **options,
    )


def distilbert(words: int, layers: int = SIZES["layers"], **options) -> DistilBertModel:
    return DistilBertModel._from_config(
        DistilBertConfig(
            vocab_size=words, dim=SIZES["hidden"], n_layers=layers, n_heads=SIZES["heads"],
            hidden_dim=SIZES["inner"], max_position_embeddings=SIZES["positions"],
        ),
        **options,
    )


def sentence_model(folder: Path, name: str, model, tokenizer, modules, seed: int) -> Path:
    """Saves a sentence-transformers model of these parts."""
    place = folder / f"{name}-transformer"
    model.save_pretrained(place)
    tokenizer.save_pretrained(place)
    transformer = models.Transformer(str(place))
    whole = SentenceTransformer(modules=[transformer, *modules])
    randomise(whole, seed)
    whole.save(str(folder / name))
    return folder / name


class Wrapped(torch.nn.Module):
    def __init__(self, model, forward):
        super().__init__()
        self.model = model
        self.run = forward

    def forward(self, *arguments):
        return self.run(self.model, *arguments)


def plain(path: Path) -> None:
    """Leaves out the entries that hold nothing but source positions, and packs nothing: bytes that a test changes are then
    bytes of the code."""
    entries = []
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not info.filename.endswith(".debug_pkl"):
                entries.append((info, archive.read(info)))
    with zipfile.ZipFile(path, "w") as archive:
        for info, contents in entries:
            fresh = zipfile.ZipInfo(info.filename)
            archive.writestr(fresh, contents)


class Fixtures:
    def __init__(self, out: Path):
        self.out = out
        self.golden: dict = {"texts": TEXTS, "models": {}}

    def folder(self, name: str) -> Path:
        folder = self.out / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def record(self, name: str, tokenizer, limit: int, inputs: int) -> None:
        """What torch computes with the archive."""
        model = torch.jit.load(str(self.out / name / "definition.pt"))
        ids, embeddings = [], []
        for text in TEXTS:
            tokens = tokenizer(text, truncation=True, max_length=limit)["input_ids"]
            row = torch.tensor([tokens])
            arguments = (row, torch.ones_like(row), torch.zeros_like(row), torch.arange(len(tokens)).unsqueeze(0))
            with torch.no_grad():
                result = model(*arguments[:inputs])
            result = result[0] if isinstance(result, tuple) else result
            ids.append(tokens)
            embeddings.append([round(value, 7) for value in result[0].tolist()])
        self.golden["models"][name] = {"ids": ids, "embeddings": embeddings}

    def eland(
        self, name: str, source: Path, inputs: int = 4, quantise: bool = False, frozen: bool = True, packed: bool = True
    ) -> None:
        """As eland_import_hub_model does it."""
        folder = self.folder(name)
        model = TransformerModel(
            model_id=str(source), task_type="text_embedding", es_version=(9, 1, 0), quantize=quantise
        )
        with tempfile.TemporaryDirectory() as temporary:
            definition, config, vocabulary = model.save(temporary)
            if not frozen:
                torch.jit.save(model._traceable_model.trace(), definition)
            if not packed:
                plain(Path(definition))
            shutil.copyfile(definition, folder / "definition.pt")
            shutil.copyfile(vocabulary, folder / "vocabulary.json")
        body = config.to_dict()
        body["description"] = f"Model {name} for task type 'text_embedding'"
        (folder / "model.json").write_text(json.dumps(body), encoding="utf-8")
        self.record(name, model._tokenizer, SIZES["positions"], inputs)

    def traced(self, name: str, module, arguments, tokenizer, tokenization: dict, size: int) -> None:
        """As another program might do it."""
        folder = self.folder(name)
        module.eval()
        frozen = torch.jit.freeze(torch.jit.trace(module, arguments))
        torch.jit.save(frozen, str(folder / "definition.pt"))
        vocabulary = {"vocabulary": [token for token, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]}
        (folder / "vocabulary.json").write_text(json.dumps(vocabulary), encoding="utf-8")
        config = {"text_embedding": {"tokenization": tokenization, "embedding_size": size}}
        body = {"model_type": "pytorch", "input": {"field_names": ["text_field"]}, "inference_config": config}
        (folder / "model.json").write_text(json.dumps(body), encoding="utf-8")


def maximum(model, ids, mask):
    """sentence-transformers' max pooling."""
    states = model(input_ids=ids, attention_mask=mask)[0]
    expanded = mask.unsqueeze(-1).expand(states.size()).float()
    states[expanded == 0] = -1e9
    return torch.max(states, 1)[0]


def make(out: Path, folder: Path) -> None:
    fixtures, width = Fixtures(out), SIZES["hidden"]
    (folder / "vocab.txt").write_text("\n".join(pieces()) + "\n", encoding="utf-8")
    lower = BertTokenizer(str(folder / "vocab.txt"), do_lower_case=True, model_max_length=SIZES["positions"])
    cased = BertTokenizer(str(folder / "vocab.txt"), do_lower_case=False, model_max_length=SIZES["positions"])
    words = len(pieces())
    pooled = lambda mode: models.Pooling(width, pooling_mode=mode)
    identity = torch.nn.Identity()

    mean = sentence_model(folder, "bert-mean", bert(words), lower, [pooled("mean"), models.Normalize()], 1)
    fixtures.eland("bert-mean", mean)
    small = sentence_model(folder, "bert-max", bert(words, layers=1), lower, [pooled("max")], 8)
    fixtures.eland("bert-max-unfrozen", small, frozen=False, packed=False)

    parts = [pooled("mean"), models.Dense(width, 12, bias=False, activation_function=identity)]
    dense = sentence_model(folder, "distilbert-dense", distilbert(words), cased, parts, 2)
    fixtures.eland("distilbert-dense", dense)
    fixtures.eland("distilbert-dense-quantised", dense, quantise=True, packed=False)

    parts = [pooled("cls"), models.Dense(width, 12, activation_function=torch.nn.Tanh()), models.Normalize()]
    cls = sentence_model(folder, "distilbert-cls", distilbert(words, layers=1), lower, parts, 3)
    fixtures.eland("distilbert-cls-quantised-unfrozen", cls, quantise=True, frozen=False, packed=False)

    byte_level = RobertaTokenizer(*map(str, byte_pairs(folder)), model_max_length=SIZES["positions"] - 2)
    roberta = RobertaModel(
        RobertaConfig(
            vocab_size=len(byte_level), hidden_size=width, num_hidden_layers=SIZES["layers"],
            num_attention_heads=SIZES["heads"], intermediate_size=SIZES["inner"],
            max_position_embeddings=SIZES["positions"], type_vocab_size=1, layer_norm_eps=1e-5,
        )
    )
    fixtures.eland(
        "roberta-mean", sentence_model(folder, "roberta-mean", roberta, byte_level, [pooled("mean")], 4), inputs=2
    )

    unigram = XLMRobertaTokenizer(str(sentence_pieces(folder)), model_max_length=SIZES["positions"] - 2)
    xlm = XLMRobertaModel(
        XLMRobertaConfig(
            vocab_size=len(unigram), hidden_size=width, num_hidden_layers=1, num_attention_heads=SIZES["heads"],
            intermediate_size=SIZES["inner"], max_position_embeddings=SIZES["positions"], type_vocab_size=1,
            layer_norm_eps=1e-5,
        )
    )
    parts = [pooled("mean"), models.Normalize()]
    fixtures.eland("xlm-roberta-mean", sentence_model(folder, "xlm-roberta-mean", xlm, unigram, parts, 7), inputs=2)

    row = torch.tensor([lower("a cat")["input_ids"]])
    both = (row, torch.ones_like(row))
    tokenization = {"bert": {"do_lower_case": True, "max_sequence_length": SIZES["positions"]}}
    for name, model, run in [
        ("bert-written-cls", bert(words, attn_implementation="eager"), lambda m, i, a: m(input_ids=i, attention_mask=a)[0][:, 0]),
        ("distilbert-written-max", distilbert(words, attn_implementation="eager"), maximum),
    ]:
        model.config.torchscript, model.pooler = True, None
        randomise(model, 5)
        fixtures.traced(name, Wrapped(model, run), both, lower, tokenization, width)
        fixtures.record(name, lower, SIZES["positions"], 2)

    clip = CLIPTextModelWithProjection(
        CLIPTextConfig(
            vocab_size=words, hidden_size=width, num_hidden_layers=SIZES["layers"], num_attention_heads=SIZES["heads"],
            intermediate_size=SIZES["inner"], max_position_embeddings=SIZES["positions"], projection_dim=8,
            bos_token_id=2, eos_token_id=3, torchscript=True,
        )
    )
    randomise(clip, 6)
    run = lambda m, i, a: m(input_ids=i, attention_mask=a)[0]
    fixtures.traced("clip-text", Wrapped(clip, run), both, lower, tokenization, 8)
    fixtures.record("clip-text", lower, SIZES["positions"], 2)

    # Its attention depends on distances: no encoder here has a place for that.
    mpnet = MPNetModel(
        MPNetConfig(
            vocab_size=words, hidden_size=width, num_hidden_layers=1, num_attention_heads=SIZES["heads"],
            intermediate_size=SIZES["inner"], max_position_embeddings=SIZES["positions"], torchscript=True,
        )
    )
    mpnet.pooler = None
    run = lambda m, i, a: m(input_ids=i, attention_mask=a)[0][:, 0]
    fixtures.traced("mpnet", Wrapped(mpnet, run), both, lower, tokenization, width)

    fixtures.golden["versions"] = {"torch": torch.__version__, "transformers": transformers.__version__}
    (out / "golden.json").write_text(json.dumps(fixtures.golden, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    with tempfile.TemporaryDirectory() as folder:
        make(arguments.out, Path(folder))


if __name__ == "__main__":
    main()
