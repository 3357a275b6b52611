#!/usr/bin/env python3
"""Checks a Duebook proof file with nothing of Duebook's: Python's standard library and the openssl command.

    check_proof.py PROOF PUBLIC

Follows the description in tools/proof/proof_file.h. Prints "proved N" with the number of events, or says what is wrong.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tempfile

proof = json.load(open(sys.argv[1], encoding="utf-8"))
name, key_hash, key_text = sys.argv[2].split("+", 2)
key = base64.b64decode(key_text)

# The key: its kind, and the hash that goes with its name.
assert key[0] == 1 and len(key) == 33, "not an Ed25519 key"
assert hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] == key_hash, "the key's hash is another"

# The note: text, empty line, signatures.
text, _, signatures = proof["checkpoint"].rpartition("\n\n")
text = text + "\n"
signed = [line.split(" ")[2] for line in signatures.splitlines() if line.split(" ")[1] == name]
signature = base64.b64decode(signed[0])
assert signature[:4].hex() == key_hash, "signed with another key"
with tempfile.TemporaryDirectory() as folder:
    open(folder + "/text", "wb").write(text.encode())
    open(folder + "/signature", "wb").write(signature[4:])
    open(folder + "/key", "wb").write(bytes.fromhex("302a300506032b6570032100") + key[1:])  # RFC 8410
    subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", folder + "/key"]
        + ["-in", folder + "/text", "-sigfile", folder + "/signature"],
        check=True,
        stdout=subprocess.DEVNULL,
    )

origin, size, root = text.splitlines()[:3]
size, root = int(size), base64.b64decode(root)


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


for event in proof["events"]:
    index, last = event["leaf_index"], size - 1
    assert event["event"]["seq"] == index + 1, "shown under another number"
    value = hashlib.sha256(b"\x00" + base64.b64decode(event["bytes"])).digest()
    for step in map(base64.b64decode, event["path"]):
        assert last > 0, "the path is too long"
        if index % 2 == 1 or index == last:
            value = node(step, value)
            while index % 2 == 0 and index != 0:
                index, last = index // 2, last // 2
        else:
            value = node(value, step)
        index, last = index // 2, last // 2
    assert last == 0 and value == root, f"event {event['leaf_index'] + 1} is not in the tree"

print("proved", len(proof["events"]))
