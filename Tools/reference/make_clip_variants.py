#!/usr/bin/env python3
"""Makes tiny CLIP models with random weights in the shapes that published ones differ by, and what Hugging Face computes
with them: Tests/Fixtures/reference-clips.

    make_clip_variants.py Tests/Fixtures/reference-clips

Every variant is a folder as `save_pretrained` leaves it. golden.json has the token ids; golden.safetensors has, by variant,
`text_embeddings/NAME` and `image_embeddings/NAME`, not normalised. The pictures are made up by `pixels`, which the tests
repeat. 32-bit floats, one thread.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np
import torch
import transformers
from safetensors.numpy import save_file
from transformers import CLIPConfig, CLIPModel

VOCABULARY, POSITIONS, PICTURES = 64, 16, 3
TEXTS = [[62, 63], [62, 5, 63], [62, *range(1, 15), 63], [62, 40, 3, 3, 17, 63]]
SMALL = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
TINY_PICTURE = SMALL | {"num_hidden_layers": 1, "image_size": 32, "patch_size": 8}

# name: (projection, text, vision)
VARIANTS = {
    # ViT-B/16: 196 patches.
    "patch16": (12, SMALL, SMALL | {"patch_size": 16}),
    # ViT-L/14: towers of different widths, 256 patches.
    "patch14": (24, SMALL | {"hidden_size": 24, "num_attention_heads": 3}, SMALL | {"patch_size": 14}),
    # ViT-L/14@336: 576 patches.
    "patch14-336": (16, SMALL, SMALL | {"patch_size": 14, "image_size": 336}),
    # LAION's ViT-B/32 by OpenCLIP: exact gelu in both towers.
    "gelu": (20, SMALL | {"hidden_act": "gelu"}, SMALL | {"hidden_act": "gelu"}),
    # LAION's ViT-H/14 and ViT-bigG/14: heads of 80 and 104 where others have 64.
    "heads80": (16, SMALL, TINY_PICTURE | {"hidden_act": "gelu", "hidden_size": 160}),
    "heads104": (16, SMALL, TINY_PICTURE | {"hidden_act": "gelu", "hidden_size": 104, "num_attention_heads": 1}),
    # Files of the first release say that texts end with token 2, and mean the largest id.
    "old-end-of-text": (16, SMALL | {"eos_token_id": 2}, TINY_PICTURE),
}


def pixels(count: int, size: int) -> np.ndarray:
    """[count, 3, size, size], -2 to 2, from the upper bits of Knuth's multiplicative hash of the position."""
    index = np.arange(count * 3 * size * size, dtype=np.uint64)
    byte = ((index * 2654435761) & 0xFFFFFFFF) >> 24
    return (byte.astype(np.float32) / 255 * 4 - 2).reshape(count, 3, size, size)


def make(folder: Path, name: str, tensors: dict[str, np.ndarray]) -> None:
    projection, text, vision = VARIANTS[name]
    text = {"vocab_size": VOCABULARY, "max_position_embeddings": POSITIONS, "bos_token_id": 62, "eos_token_id": 63} | text
    torch.manual_seed(sorted(VARIANTS).index(name))
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=projection)
    model = CLIPModel(config).eval()
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            # Wide enough that every nonlinearity is felt.
            scale = 0.2 if parameter.ndim < 2 else 1.2 / parameter[0].numel() ** 0.5
            parameter.copy_(torch.randn_like(parameter) * scale)
            if "norm" in key and key.endswith("weight"):
                parameter.add_(1)
        texts = [model.get_text_features(input_ids=torch.tensor([ids])) for ids in TEXTS]
        images = model.get_image_features(pixel_values=torch.from_numpy(pixels(PICTURES, config.vision_config.image_size)))
    # Newer versions return the towers' whole output.
    vector = lambda output: (output if torch.is_tensor(output) else output.pooler_output).float().numpy()
    tensors[f"text_embeddings/{name}"] = np.concatenate([vector(output) for output in texts])
    tensors[f"image_embeddings/{name}"] = vector(images)
    assert tensors[f"text_embeddings/{name}"].shape == (len(TEXTS), projection)
    assert tensors[f"image_embeddings/{name}"].shape == (PICTURES, projection)
    model.save_pretrained(folder / name)
    for stray in (folder / name).iterdir():
        if stray.name not in ("config.json", "model.safetensors"):
            stray.unlink()
    size = config.vision_config.image_size
    preprocessing = {
        "crop_size": {"height": size, "width": size}, "do_center_crop": True, "do_convert_rgb": True, "do_normalize": True,
        "do_rescale": True, "do_resize": True, "image_mean": [0.48145466, 0.4578275, 0.40821073],
        "image_processor_type": "CLIPImageProcessor", "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 3,
        "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": size},
    }
    (folder / name / "preprocessor_config.json").write_text(json.dumps(preprocessing, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    tensors: dict[str, np.ndarray] = {}
    for name in VARIANTS:
        make(folder, name, tensors)
    save_file(tensors, folder / "golden.safetensors")
    golden = {"torch": torch.__version__, "transformers": transformers.__version__, "pictures": PICTURES, "texts": TEXTS}
    (folder / "golden.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
