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
trusted = sys.argv[2]


def check_key(public):
    """The 32 bytes of the key, whose hash has to go with its name."""
    name, key_hash, key_text = public.split("+", 2)
    key = base64.b64decode(key_text)
    assert key[0] == 1 and len(key) == 33, "not an Ed25519 key"
    assert hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] == key_hash, "the key's hash is another"
    return key[1:]


def check_signature(public, text, signature):
    with tempfile.TemporaryDirectory() as folder:
        open(folder + "/text", "wb").write(text.encode())
        open(folder + "/signature", "wb").write(signature)
        open(folder + "/key", "wb").write(bytes.fromhex("302a300506032b6570032100") + check_key(public))  # RFC 8410
        subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", folder + "/key"]
            + ["-in", folder + "/text", "-sigfile", folder + "/signature"],
            check=True,
            stdout=subprocess.DEVNULL,
        )


# The note: text, empty line, signatures.
text, _, signatures = proof["checkpoint"].rpartition("\n\n")
text = text + "\n"
origin, size, root = text.splitlines()[:3]
size, root = int(size), base64.b64decode(root)


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def check_inclusion(event):
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


# The key that signed: the trusted one, or what follows from it by signatures.
signer = trusted
changes = proof.get("keys", [])
known = [number for number, change in enumerate(changes) if change["event"]["public_key"] == trusted]
for change in changes[known[0] + 1 :] if known else changes:
    assert "signature" in change["event"], "nobody signed a change of the key"
    after = change["event"]["public_key"]
    lines = ["duebook key change 1", origin.rpartition("/")[2], signer, after]
    check_signature(signer, "".join(line + "\n" for line in lines), base64.b64decode(change["event"]["signature"]))
    signer = after

name, key_hash, _ = signer.split("+", 2)
signed = [line.split(" ")[2] for line in signatures.splitlines() if line.split(" ")[1] == name]
signature = base64.b64decode(signed[0])
assert signature[:4].hex() == key_hash, "signed with another key"
check_signature(signer, text, signature[4:])
for event in changes + proof["events"]:
    check_inclusion(event)

print("proved", len(proof["events"]))
