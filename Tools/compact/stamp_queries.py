#!/usr/bin/env python3
"""Writes labelled queries over the stamps of Tux Paint, which the compact model has not seen, for `clipsearch model calibrate`.

    clipsearch import STAMPS --index stamps
    Tools/compact/stamp_queries.py STAMPS > stamps.jsonl
    clipsearch model calibrate --index stamps --queries stamps.jsonl

STAMPS is the folder of Debian's tuxpaint-stamps-default, /usr/share/tuxpaint/stamps. Folders of six stamps or more (birds, fruit,
locomotive) are what is known to belong together: a folder's name asks for its stamps, and each of them for the others. Single
captions would be too strict a measure: what others show them too is not known.
"""
import collections
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1]).resolve()
groups = collections.defaultdict(list)
for picture in sorted(folder.rglob("*.png")):
    path = picture.relative_to(folder)
    groups["/".join(path.parts[:2])].append(str(path))
groups = {name: paths for name, paths in groups.items() if len(paths) >= 6}
words = collections.defaultdict(list)
for name, paths in groups.items():
    words[name.split("/")[1]] += paths
for name, paths in words.items():
    print(json.dumps({"words": name, "relevant": paths}))
for paths in groups.values():
    for path in paths:
        print(json.dumps({"image": str(folder / path), "relevant": [other for other in paths if other != path]}))
