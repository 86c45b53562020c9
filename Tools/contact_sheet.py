#!/usr/bin/env python3
"""Draws what a running node finds as one picture: a row a query, the best hits from left to right. The README's picture.

    pip install pillow
    python3 Tools/contact_sheet.py docs/hits.jpg "a birthday cake" "a bird" Samples/tiger.jpg

A query that names a file is a picture; the others are words.
"""
import argparse
import base64
import json
import pathlib
import urllib.request

from PIL import Image, ImageDraw, ImageFont

SIDE, GAP, LABEL, HITS = 128, 8, 190, 6


def call(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))


def hits(options, query):
    if pathlib.Path(query).is_file():
        document = {"image_field": "data:image/jpeg;base64," + base64.b64encode(pathlib.Path(query).read_bytes()).decode()}
    else:
        document = {"text_field": query}
    answer = call(f"{options.url}/_ml/trained_models/{options.model}/_infer", {"docs": [document]})
    found = call(f"{options.url}/{options.index}/_search", {
        "knn": {"field": "image_embedding", "k": HITS, "num_candidates": 100,
                "query_vector": answer["inference_results"][0]["predicted_value"]},
        "size": HITS, "fields": ["relative_path"], "_source": False})
    return [(hit["fields"]["relative_path"][0], hit["_score"]) for hit in found["hits"]["hits"]]


def tile(path):
    picture = Image.open(path).convert("RGB")
    picture.thumbnail((SIDE, SIDE))
    canvas = Image.new("RGB", (SIDE, SIDE), "white")
    canvas.paste(picture, ((SIDE - picture.width) // 2, (SIDE - picture.height) // 2))
    return canvas


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output")
    parser.add_argument("queries", nargs="+")
    parser.add_argument("--url", default="http://127.0.0.1:9200")
    parser.add_argument("--index", default="sample-images")
    parser.add_argument("--model", default="compact")
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("Samples"))
    options = parser.parse_args()

    row = SIDE + 18 + GAP
    sheet = Image.new("RGB", (LABEL + HITS * (SIDE + GAP) + GAP, GAP + len(options.queries) * row), "#f4f4f4")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    for number, query in enumerate(options.queries):
        top = GAP + number * row
        if pathlib.Path(query).is_file():
            sheet.paste(tile(query), (GAP + (LABEL - 2 * GAP - SIDE) // 2, top))
        else:
            draw.text((LABEL // 2, top + SIDE // 2), f"“{query}”", fill="#222222", font=font, anchor="mm")
        for place, (name, score) in enumerate(hits(options, query)):
            left = LABEL + place * (SIDE + GAP)
            sheet.paste(tile(options.folder / name), (left, top))
            draw.text((left + SIDE // 2, top + SIDE + 9), f"{score:.3f}", fill="#666666", font=ImageFont.load_default(11), anchor="mm")
    sheet.save(options.output, quality=82)


if __name__ == "__main__":
    main()
