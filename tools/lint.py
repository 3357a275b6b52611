#!/usr/bin/env python3
"""Runs clang-tidy over every source of a build folder's compile_commands.json, one a core.

A source that was clean is not looked at again until it, a header of the project that it includes (at any depth), the
schemas, .clang-tidy or the command that compiles it changes: BUILD/lint/ holds one empty file named by the hash of all
these for each clean source.
"""

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(rb'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


@functools.cache
def headers_of(path):
    """The project's own headers that `path` includes directly."""
    found = (ROOT / name.decode() for name in INCLUDE.findall(path.read_bytes()))
    return [header for header in found if header.is_file()]


def everything_read(source):
    seen, waiting = set(), [source]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting.extend(headers_of(path))
    return sorted(seen)


def fingerprint(entry, common):
    digest = hashlib.sha256(common)
    digest.update(entry["command"].encode())
    for path in everything_read(pathlib.Path(entry["file"])):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def arguments(command):
    """What the source is compiled with, without the launcher, the output, warnings, sanitizers, and headers compiled before:
    each source has to include what it uses."""
    words = shlex.split(command)
    first = next(i for i, word in enumerate(words) if word.startswith("-"))
    handed_on = {i for i, word in enumerate(words) if words[i - 1] == "-Xclang"}
    words = [word for i, word in enumerate(words) if i >= first and i not in handed_on]
    return [word for word in words if re.match(r"-(D|I|isystem|std|f(?!no-sanitize|sanitize|pch))|/", word)]


def lint(entry):
    command = ["clang-tidy", "--quiet", entry["file"], "--"]
    words = [word for word in arguments(entry["command"]) if word != entry["file"]]
    done = subprocess.run(command + words, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + (done.stderr if done.returncode and not done.stdout else "")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    clean = build / "lint"
    clean.mkdir(exist_ok=True)
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    common = version + (ROOT / ".clang-tidy").read_bytes()
    common += b"".join(path.read_bytes() for path in sorted((ROOT / "schemas").glob("*.fbs")))

    entries = {e["file"]: e for e in json.loads((build / "compile_commands.json").read_text())}
    stamps = {file: clean / fingerprint(entry, common) for file, entry in entries.items()}
    todo = [entry for file, entry in sorted(entries.items()) if not stamps[file].exists()]
    print(f"clang-tidy: {len(todo)} of {len(entries)} sources to look at", flush=True)

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for entry, (status, output) in zip(todo, pool.map(lint, todo)):
            if status == 0:
                stamps[entry["file"]].touch()
                continue
            failed += 1
            print(f"{entry['file']}:\n{output}", flush=True)
    current = set(stamps.values())
    for stale in set(clean.iterdir()) - current:
        stale.unlink()
    if failed:
        sys.exit(f"clang-tidy: {failed} sources have warnings")


if __name__ == "__main__":
    main()
