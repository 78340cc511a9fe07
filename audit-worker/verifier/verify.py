#!/usr/bin/env python3
"""Checks an export of the audit book, or a statement about one user, with the public key alone.

    python3 verify.py --public-key signing-key.pub.pem book.ndjson

Needs Python 3.8 or newer and nothing else. Written from docs/audit-format.md, apart from the
application: the two must agree. Exit code 0: sound; 1: not sound, what was found is said; 2: the
file is no export, or there is no key.
"""

import argparse
import base64
import hashlib
import json
import struct
import sys

GENESIS = hashlib.sha256(b"dev.banking/audit-log").digest()
FIELDS = ("format", "position", "eventId", "eventType", "actor", "userId", "sequence",
          "operationId", "amount", "balanceBefore", "balanceAfter", "outcome", "reason",
          "requestId", "traceparent", "occurredAt", "recordedAt", "event")


# --- Ed25519, RFC 8032: verification only ---------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if (x & 1) != sign else x


def decode_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def double(p):
    a, b, c = p[0] * p[0] % P, p[1] * p[1] % P, 2 * p[2] * p[2] % P
    h = a + b
    e = h - (p[0] + p[1]) ** 2 % P
    g = a - b
    f = c + g
    return (e * f % P, g * h % P, f * g % P, e * h % P)


NEUTRAL = (0, 1, 1, 0)
BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (recover_x(BASE_Y, 0), BASE_Y, 1, recover_x(BASE_Y, 0) * BASE_Y % P)


def signature_is_good(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    point = decode_point(key)
    s = int.from_bytes(signature[32:], "little")
    if point is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    minus = (P - point[0], point[1], 1, P - point[3])
    both, result = add(BASE, minus), NEUTRAL
    for bit in range(max(s.bit_length(), k.bit_length()) - 1, -1, -1):  # s·B − k·A, bit by bit
        result = double(result)
        which = (s >> bit & 1, k >> bit & 1)
        if which != (0, 0):
            result = add(result, both if which == (1, 1) else BASE if which[0] else minus)
    inverse = pow(result[2], P - 2, P)
    x, y = result[0] * inverse % P, result[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# --- The format ------------------------------------------------------------------------------------

def canonical(values):
    out = []
    for value in values:
        if value is None:
            out.append(b"\xff\xff\xff\xff")
        else:
            data = value if isinstance(value, bytes) else str(value).encode("utf-8")
            out.append(struct.pack(">I", len(data)) + data)
    return b"".join(out)


def entry_hash(previous, entry):
    values = [entry[name] for name in FIELDS[:-1]] + [base64.b64decode(entry["event"])]
    return hashlib.sha256(previous + canonical(values)).digest()


def checkpoint_bytes(c):
    return canonical(["dev.banking/audit-checkpoint", c["format"], c["number"], c["position"],
                      bytes.fromhex(c["hash"]), bytes.fromhex(c["root"]), c["createdAt"],
                      bytes.fromhex(c["keyId"])])


def cut_bytes(c):
    return canonical(["dev.banking/audit-cut", c["format"], c["number"], c["position"],
                      bytes.fromhex(c["hash"]), bytes.fromhex(c["frontier"]), c["checkpoint"],
                      c["before"], bytes.fromhex(c["events"]), bytes.fromhex(c["archive"]),
                      c["createdAt"], bytes.fromhex(c["keyId"])])


def leaf(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The root of a growing tree, RFC 9162, 2.1: one peak for each bit of its size."""

    def __init__(self, size=0, frontier=b""):
        if len(frontier) != 32 * bin(size).count("1"):
            raise ValueError("a frontier does not fit its position")
        self.size = size  # the peak of the most entries first
        self.peaks = [frontier[at:at + 32] for at in range(0, len(frontier), 32)]

    def append(self, data):
        top, size = leaf(data), self.size
        while size & 1:
            top = node(self.peaks.pop(), top)
            size >>= 1
        self.peaks.append(top)
        self.size += 1

    def root(self):
        if not self.peaks:
            return hashlib.sha256().digest()
        top = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            top = node(peak, top)
        return top


def proof_holds(root, size, position, data, path):
    """RFC 9162, 2.1.3.2."""
    if not 1 <= position <= size:
        return False
    index, last, top = position - 1, size - 1, leaf(data)
    for sibling in path:
        if last == 0:
            return False
        if index & 1 or index == last:
            top = node(sibling, top)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            top = node(top, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and top == root


def span(what, first, last):
    return f"{what} {first}" if first == last else f"{what}s {first} to {last}"


class Keys:
    """The public keys that are trusted."""

    def __init__(self, pem):
        self.keys = {}
        for part in pem.split("-----BEGIN PUBLIC KEY-----")[1:]:
            der = base64.b64decode("".join(part.split("-----END")[0].split()))
            if len(der) != 44 or not der.startswith(bytes.fromhex("302a300506032b6570032100")):
                raise ValueError("not an Ed25519 public key")
            self.keys[hashlib.sha256(der[-32:]).hexdigest()] = der[-32:]
        if not self.keys:
            raise ValueError("no public key in the file")

    def judge(self, key_id, message, signature):
        key = self.keys.get(key_id)
        if key is None:
            return "other"
        return "good" if signature_is_good(key, message, bytes.fromhex(signature)) else "bad"

    def judge_checkpoint(self, c):
        return self.judge(c["keyId"], checkpoint_bytes(c), c["signature"])

    def judge_cut(self, c):
        return self.judge(c["keyId"], cut_bytes(c), c["signature"])


class Findings:
    """All are counted, 20 of each kind are named."""

    def __init__(self):
        self.counts, self.named = {}, []

    def add(self, kind, place, detail=""):
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] <= 20:
            self.named.append((kind, place, detail))


class Cuts:
    """The signed statements that the beginning of the book was dropped, in order of their numbers."""

    def __init__(self, keys, findings):
        self.keys, self.findings, self.last_number, self.begin = keys, findings, 0, None

    def add(self, c):
        """Whether the book begins after this one."""
        number = c["number"]
        if number > self.last_number + 1:
            self.findings.add("cut_missing", span("cut", self.last_number + 1, number - 1))
        self.last_number = max(self.last_number, number)
        judgement = self.keys.judge_cut(c)
        if judgement == "other":
            self.findings.add("signature_wrong", f"cut {number}", "by another key than ours")
        elif judgement == "bad":
            self.findings.add("cut_differs", f"cut {number}", "it was changed after it was signed")
        elif self.begin is None or c["position"] > self.begin["position"]:
            self.begin = c
            return True
        return False


class BookWalk:
    """Goes along the chain as the application's verifier does, step by step."""

    def __init__(self, keys, findings, copies, is_month=False):
        self.cuts, self.is_month = Cuts(keys, findings), is_month
        self.keys, self.findings, self.copies = keys, findings, copies
        self.numbers = {copy["number"]: copy for some in copies.values() for copy in some}
        self.tree, self.tree_is_whole = Tree(), True
        self.last, self.last_hash = 0, GENESIS
        self.last_number = self.last_signed = 0

    def cut(self, c):
        if self.cuts.add(c):
            self.last, self.last_hash = c["position"], bytes.fromhex(c["hash"])
            self.tree = Tree(c["position"], bytes.fromhex(c["frontier"]))
            if self.is_month:  # the file of a month has the checkpoints of that month
                self.last_number = c["checkpoint"]

    def entry(self, entry):
        position = int(entry["position"])
        previous, stored = bytes.fromhex(entry["previousHash"]), bytes.fromhex(entry["hash"])
        if position > self.last + 1:
            self.findings.add("entry_missing", span("position", self.last + 1, position - 1))
            self.tree_is_whole = False
        elif previous != self.last_hash:
            self.findings.add("link_broken", span("position", position, position))
        if entry_hash(previous, entry) != stored:
            self.findings.add("content_differs", span("position", position, position))
        self.tree.append(stored)
        self.last, self.last_hash = position, stored
        self.check_copies(position, stored)

    def check_copies(self, position, stored):
        for copy in self.copies.pop(position, ()):
            if bytes.fromhex(copy["hash"]) != stored:
                self.findings.add("checkpoint_differs", f"copy of checkpoint {copy['number']}",
                                  f"the book at position {position} is not the one that was signed")

    def checkpoint(self, c):
        number = c["number"]
        if self.numbers.pop(number, c) != c:
            self.findings.add("checkpoint_differs", f"copy of checkpoint {number}",
                              "the book has another one")
        if number > self.last_number + 1:
            self.findings.add("checkpoint_missing",
                              span("checkpoint", self.last_number + 1, number - 1))
        self.last_number = max(self.last_number, number)
        place, fault = f"checkpoint {number}", self.fault(c)
        judgement = self.keys.judge_checkpoint(c)
        if judgement == "other":
            self.findings.add("signature_wrong", place, "by another key than ours")
        elif judgement == "bad":
            if c["position"] == self.last and fault is None:
                self.findings.add("signature_wrong", place, "not by the key that it names")
            else:
                self.findings.add("checkpoint_differs", place,
                                  "it was changed after it was signed")
        else:
            self.last_signed = max(self.last_signed, c["position"])
            if fault:
                self.tree_is_whole = False
                self.findings.add("checkpoint_differs", place, fault)

    def fault(self, c):
        if c["position"] != self.last:
            return None
        if bytes.fromhex(c["hash"]) != self.last_hash:
            return f"the book at position {self.last} is not the one that was signed"
        if self.tree_is_whole and bytes.fromhex(c["root"]) != self.tree.root():
            return f"an entry before position {self.last} is not the one that was signed"
        return None

    def end(self, header):
        head = header["head"]
        must_reach = max(head["position"], self.last_signed)
        if self.last < must_reach:
            self.findings.add("tail_cut", span("position", self.last + 1, must_reach),
                              "the head was put back" if head["position"] < self.last_signed else "")
        elif self.last > head["position"] or self.last_hash.hex() != head["hash"]:
            self.findings.add("head_differs", span("position", self.last, self.last))
        for number in sorted(self.numbers):
            self.findings.add("checkpoint_missing", f"copy of checkpoint {number}",
                              "the book does not have it")
        for position in sorted(self.copies):
            if position > self.last:
                for copy in self.copies[position]:
                    self.findings.add("tail_cut", span("position", self.last + 1, position),
                                      f"copy of checkpoint {copy['number']}")


class StatementWalk:
    """One user: each entry is in the signed tree, and none between the first and the last lacks."""

    def __init__(self, keys, findings, header):
        self.keys, self.findings, self.user = keys, findings, header["userId"]
        self.signed, self.sequence, self.balance = None, 0, "0.00"
        self.cuts = Cuts(keys, findings)

    def cut(self, c):
        """What came before is gone: the first entry that is left says where it goes on."""
        if self.cuts.add(c):
            self.balance = None

    def checkpoint(self, c):
        if self.keys.judge_checkpoint(c) != "good":
            self.findings.add("signature_wrong", f"checkpoint {c['number']}")
        self.signed = c

    def entry(self, entry):
        position, stored = int(entry["position"]), bytes.fromhex(entry["hash"])
        place = span("position", position, position)
        if entry_hash(bytes.fromhex(entry["previousHash"]), entry) != stored:
            self.findings.add("content_differs", place)
        if self.signed is None or not proof_holds(
                bytes.fromhex(self.signed["root"]), self.signed["position"], position, stored,
                [bytes.fromhex(sibling) for sibling in entry["proof"]]):
            self.findings.add("proof_wrong", place)
        if entry["userId"] != self.user:
            self.findings.add("other_user", place)
        if entry["outcome"] == "applied" or entry["outcome"] == "created" and entry["amount"] != "0.00":
            self.moves_money(entry, int(entry["sequence"]))

    def moves_money(self, entry, sequence):
        if self.balance is None:
            self.sequence, self.balance = sequence - 1, entry["balanceBefore"]
        if sequence > self.sequence + 1:
            self.findings.add("sequence_missing", f"user {self.user} " + span(
                "sequence", self.sequence + 1, sequence - 1))
        elif sequence <= self.sequence:
            self.findings.add("sequence_twice", f"user {self.user} sequence {sequence}")
        elif entry["balanceBefore"] != self.balance:
            self.findings.add("balance_differs", f"user {self.user} sequence {sequence}")
        self.sequence, self.balance = max(sequence, self.sequence), entry["balanceAfter"]

    def end(self, _):
        if self.signed is None:
            self.findings.add("checkpoint_missing", "the statement has none")


def read_copies(name, keys, findings):
    """By position; a line may be one of the worker's log, or half of one, which a crash left."""
    copies = {}
    with open(name, encoding="utf-8") as lines:
        for line in lines:
            if not line.rstrip().endswith("}"):
                continue
            copy = json.loads(line[line.index('{"type":"checkpoint"'):])
            if keys.judge_checkpoint(copy) == "good":
                copies.setdefault(copy["position"], []).append(copy)
            else:
                findings.add("signature_wrong", f"copy of checkpoint {copy['number']}")
    return copies


def verify(name, keys, copies_name=None):
    findings, digest = Findings(), hashlib.sha256()
    walk = header = end = None
    entries = checkpoints = 0
    with open(name, "rb") as lines:
        for raw in lines:
            line = json.loads(raw)
            kind = line["type"]
            if end is not None:
                raise ValueError("there is something after the end")
            if kind == "end":
                end = line
                continue
            digest.update(raw)
            if header is None:
                if kind != "header" or line["format"] != 1:
                    raise ValueError("not an export of format 1")
                header = line
                copies = read_copies(copies_name, keys, findings) if copies_name else {}
                walk = (StatementWalk(keys, findings, header) if header["kind"] == "statement"
                        else BookWalk(keys, findings, copies, header["kind"] == "month"))
            elif kind == "cut":
                walk.cut(line)
            elif kind == "entry":
                entries += 1
                walk.entry(line)
            elif kind == "checkpoint":
                checkpoints += 1
                walk.checkpoint(line)
            else:
                raise ValueError("unknown line " + kind)
    if walk is None:
        raise ValueError("the file is empty")
    walk.end(header)
    check_end(end, digest, entries, keys, findings)
    return findings, entries, checkpoints, walk.cuts.begin


def check_end(end, digest, entries, keys, findings):
    if end is None:
        findings.add("file_cut", "end", "the closing signature is missing")
        return
    signed = canonical(["dev.banking/audit-export", "1", bytes.fromhex(end["sha256"])])
    judgement = keys.judge(end["keyId"], signed, end["signature"])
    if judgement != "good":
        findings.add("signature_wrong", "end",
                     "by another key than ours" if judgement == "other" else "")
    if end["sha256"] != digest.hexdigest() or end["entries"] != entries:
        findings.add("file_changed", "file", "it is not what was exported")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--public-key", required=True, help="PEM; may hold several")
    parser.add_argument("--checkpoints", help="copies of checkpoints that were kept elsewhere")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each file")
    options = parser.parse_args()
    sound = True
    try:
        with open(options.public_key, encoding="ascii") as pem:
            keys = Keys(pem.read())
        for name in options.files:
            findings, entries, checkpoints, begin = verify(name, keys, options.checkpoints)
            sound = sound and not findings.counts
            if options.json:
                print(json.dumps({"file": name, "entries": entries, "checkpoints": checkpoints,
                                  "begin": begin and begin["position"],
                                  "counts": findings.counts,
                                  "findings": [f"{k}: {p}" for k, p, _ in findings.named]}))
            else:
                print(f"{name}: {entries} entries, {checkpoints} checkpoints")
                if begin:
                    print(f"  begins after position {begin['position']}: cut {begin['number']}, "
                          f"signed {begin['createdAt']}, dropped what was written before "
                          f"{begin['before']}")
                for kind, place, detail in findings.named:
                    print(f"  {kind}: {place}" + (f" ({detail})" if detail else ""))
                print("  sound" if not findings.counts
                      else f"  NOT SOUND: {sum(findings.counts.values())} findings")
    except (OSError, ValueError, KeyError, TypeError) as e:
        print(f"verify.py: {e.__class__.__name__}: {e}", file=sys.stderr)
        return 2
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
