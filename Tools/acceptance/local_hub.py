#!/usr/bin/env python3
"""A Hugging Face-compatible hub on this machine, which serves folders as models, for `clipsearch model pull`.

It has the hub's layout of addresses, pages, redirects and headers: small files come from a cache at the same host after a
relative redirect, large ones from a second server (another origin) after an absolute one. One line a request on stderr
says who was asked, for which bytes, and whether with a token.

    Tools/acceptance/local_hub.py --port 8090 acme/clip=/path/to/clip acme/text=/path/to/text
    HF_ENDPOINT=http://127.0.0.1:8090 clipsearch model pull acme/clip

That the layout is the real one is shown by the hub's own client:

    HF_ENDPOINT=http://127.0.0.1:8090 hf download acme/clip --local-dir /tmp/clip
"""
import argparse
import hashlib
import json
import pathlib
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGE = {".safetensors", ".bin", ".onnx", ".h5", ".msgpack"}
BLOCK = 1 << 20


class File:
    """A file as Git (LFS) sees it."""

    def __init__(self, folder, path):
        self.path, self.place = path.relative_to(folder).as_posix(), path
        self.size = path.stat().st_size
        self.is_large = path.suffix in LARGE or self.size > 10 << 20
        sha256 = self._digest(hashlib.sha256())
        if self.is_large:
            pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {self.size}\n".encode()
            self.oid = hashlib.sha1(b"blob %d\0" % len(pointer) + pointer).hexdigest()
            self.lfs = {"oid": sha256, "size": self.size, "pointerSize": len(pointer)}
        else:
            self.oid, self.lfs = self._digest(hashlib.sha1(b"blob %d\0" % self.size)), None
        self.etag = sha256 if self.is_large else self.oid

    def _digest(self, digest):
        with open(self.place, "rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
        return digest.hexdigest()

    def entry(self):
        entry = {"type": "file", "oid": self.oid, "size": self.size, "path": self.path}
        return entry | ({"lfs": self.lfs} if self.lfs else {})


class Repository:
    def __init__(self, name, folder):
        folder = pathlib.Path(folder)
        self.name = name
        self.files = {file.path: file for file in (File(folder, p) for p in sorted(folder.rglob("*")) if p.is_file())}
        listing = "".join(f"{file.path}\0{file.etag}\n" for file in self.files.values())
        self.commit = hashlib.sha1(listing.encode()).hexdigest()
        folders = {parent.as_posix() for path in self.files for parent in pathlib.PurePosixPath(path).parents} - {"."}
        self.tree = [{"type": "directory", "oid": "0" * 40, "size": 0, "path": path} for path in sorted(folders)]
        self.tree += [file.entry() for file in self.files.values()]

    def info(self):
        siblings = [{"rfilename": path} for path in self.files]
        return {
            "_id": self.commit[:24], "id": self.name, "modelId": self.name, "sha": self.commit, "private": False,
            "gated": False, "disabled": False, "downloads": 0, "likes": 0, "tags": [], "siblings": siblings,
        }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        parts = [urllib.parse.unquote(part) for part in address.path.split("/")[1:]]
        query = dict(urllib.parse.parse_qsl(address.query))
        if self.server is self.state.elsewhere:
            return self.content("/".join(parts[1:3]), "/".join(parts[3:]))
        match parts:
            case ["api", "models", owner, name]:
                self.api(f"{owner}/{name}", "main", lambda repository: self.json(repository.info()))
            case ["api", "models", owner, name, "revision", revision]:
                self.api(f"{owner}/{name}", revision, lambda repository: self.json(repository.info()))
            case ["api", "models", owner, name, "tree", revision]:
                self.api(f"{owner}/{name}", revision, lambda repository: self.page(repository, int(query.get("cursor", 0))))
            case ["api", "resolve-cache", "models", owner, name, _, *path]:
                self.content(f"{owner}/{name}", "/".join(path))
            case [owner, name, "resolve", revision, *path]:
                self.api(f"{owner}/{name}", revision, lambda repository: self.resolve(repository, "/".join(path)))
            case _:
                self.error(404, None, "Sorry, we can't find the page you are looking for.")

    @property
    def state(self):
        return self.server.state

    def api(self, name, revision, answer):
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        repository = self.state.repositories.get(name)
        if self.state.token and token and token != self.state.token:
            self.error(401, None, "Invalid credentials in Authorization header")
        elif repository is None or self.state.token and not token:
            self.error(404 if token else 401, "RepoNotFound", "Repository not found")
        elif revision not in ("main", repository.commit):
            self.error(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        else:
            answer(repository)

    def page(self, repository, cursor):
        end = cursor + self.state.page_size
        headers = {}
        if end < len(repository.tree):
            host = self.headers["Host"]
            tree = f"http://{host}/api/models/{repository.name}/tree/{repository.commit}"
            next_page = f"{tree}?recursive=true&cursor={end}"
            headers["Link"] = f'<{next_page}>; rel="next"'
        self.json(repository.tree[cursor:end], headers)

    def resolve(self, repository, path):
        file = repository.files.get(path)
        if file is None:
            return self.error(404, "EntryNotFound", "Entry not found")
        # What a gated model consists of may be seen by all.
        if repository.name in self.state.gated and not self.headers.get("Authorization"):
            return self.error(401, "GatedRepo", f"Access to model {repository.name} is restricted.")
        quoted = urllib.parse.quote(f"{repository.name}/{repository.commit}/{path}")
        headers = {"X-Repo-Commit": repository.commit, "ETag": f'"{file.etag}"'}
        if file.is_large:
            headers |= {"X-Linked-Size": str(file.size), "X-Linked-Etag": f'"{file.etag}"'}
            port = self.state.elsewhere.server_port
            name = urllib.parse.quote(f"{repository.name}/{path}")
            self.answer(302, headers | {"Location": f"http://127.0.0.1:{port}/blobs/{name}?Signature=abc"}, b"Found")
        else:
            self.answer(307, headers | {"Location": f"/api/resolve-cache/models/{quoted}"}, b"Temporary Redirect")

    def content(self, name, path):
        repository = self.state.repositories.get(name)
        file = repository and repository.files.get(path)
        if not file:
            return self.error(404, "EntryNotFound", "Entry not found")
        start, end, status = 0, file.size, 200
        headers = {"ETag": f'"{file.etag}"', "X-Repo-Commit": repository.commit, "Accept-Ranges": "bytes"}
        if (asked := self.headers.get("Range", "")).startswith("bytes="):
            first, last = asked.removeprefix("bytes=").split("-")
            start, end, status = int(first), min(file.size, int(last) + 1) if last else file.size, 206
            if start >= file.size:
                return self.error(416, None, "Range not satisfiable")
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
        self.head(status, headers | {"Content-Length": str(end - start)})
        if self.command == "HEAD":
            return
        if self.state.break_after and end - start > self.state.break_after:
            end, self.close_connection = start + self.state.break_after, True
        with open(file.place, "rb") as source:
            source.seek(start)
            while start < end and (block := source.read(min(BLOCK, end - start))):
                self.wfile.write(block)
                start += len(block)

    def json(self, value, headers={}):
        self.answer(200, headers | {"Content-Type": "application/json"}, json.dumps(value).encode())

    def error(self, status, code, message):
        headers = {"X-Error-Message": message} | ({"X-Error-Code": code} if code else {})
        self.answer(status, headers, json.dumps({"error": message}).encode())

    def answer(self, status, headers, body):
        self.head(status, headers | {"Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def head(self, status, headers):
        who = "elsewhere" if self.server is self.state.elsewhere else "hub"
        token = "token" if self.headers.get("Authorization") else "no token"
        print(f"{who} {self.command} {self.path} {self.headers.get('Range', '')} [{token}] {status}", file=sys.stderr)
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def handle(self):
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", metavar="OWNER/NAME=FOLDER")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--token", help="without it, nothing is found")
    parser.add_argument("--gated", action="append", default=[], metavar="OWNER/NAME", help="wants a token")
    parser.add_argument("--page-size", type=int, default=5, help="entries of a page of the list of files")
    parser.add_argument("--break-after", type=int, metavar="BYTES", help="break every longer answer off")
    state = parser.parse_args()
    state.repositories = {}
    for model in state.models:
        name, _, folder = model.partition("=")
        state.repositories[name] = Repository(name, folder)
    hub = ThreadingHTTPServer(("127.0.0.1", state.port), Handler)
    state.elsewhere = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.state = state.elsewhere.state = state
    threading.Thread(target=state.elsewhere.serve_forever, daemon=True).start()
    print(f"HF_ENDPOINT=http://127.0.0.1:{hub.server_port}", flush=True)
    hub.serve_forever()


if __name__ == "__main__":
    main()
