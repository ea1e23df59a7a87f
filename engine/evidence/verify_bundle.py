"""Checks the evidence bundle of one dossier. It needs Python and nothing else.

    python verify_bundle.py ho-so.zip [--roots roots.pem]

What it does, in this order:

1.  MANIFEST   every file is there, none is added, each has the SHA-256 that manifest.json says.
2.  CHAIN      the hash of every event is computed anew over the event and the hash before it, and
               the digest of what was said with it over its salt and its words.
3.  NAMED      whatever an event names by its digest (procedure, calendar, rulebook, document) has
               that digest. So these files are proven by the chain, not by the manifest.
4.  ANCHORS    the log, as long as it was then, is a leaf of each anchor's Merkle tree, and no event
               that says it is older is missing from it.
5.  SIGNATURES on anchors and in PDF files, and the time-stamps of anchors, where the program
               `openssl` is found; else they are said to be unchecked.

Nothing of the product is needed, and nothing is believed that comes with the bundle but the
certificates in certificates/roots.pem: give --roots with those that you trust yourself.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
UNDER_WAY = timedelta(minutes=15)
DIGEST = re.compile("[0-9a-f]{64}")
ROOTS = "certificates/roots.pem"
BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")

Files = dict[str, bytes]
Found = Iterator[tuple[str, str]]
"""Where something is wrong (a file, perhaps with a number), and what."""


def sha256(content: bytes) -> str:
    """Hexadecimal."""
    return hashlib.sha256(content).hexdigest()


# --- canonical JSON (RFC 8785) -------------------------------------------------------------------


def canonical(value: Any) -> str:
    """One text for one value: keys in order, no blanks, numbers as JavaScript writes them."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        return number(value)
    return json.dumps(value, ensure_ascii=False)


def number(value: float) -> str:
    """A fraction as ECMAScript writes it."""
    if value == 0:
        return "0"
    sign, figures, exponent = Decimal(repr(value)).normalize().as_tuple()
    digits, minus = "".join(map(str, figures)), "-" if sign else ""
    point = len(digits) + int(exponent)
    if len(digits) <= point <= 21:
        return minus + digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{minus}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{minus}0.{'0' * -point}{digits}"
    mantissa = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{minus}{mantissa}e{point - 1:+d}"


# --- 1. manifest ---------------------------------------------------------------------------------


def check_manifest(files: Files) -> Found:
    """Every file is the one that the manifest names."""
    listed = json.loads(files["manifest.json"])["files"]
    for name in sorted(listed.keys() | files.keys() - {"manifest.json"}):
        if name not in files:
            yield name, "Thiếu tệp này."
        elif name not in listed:
            yield name, "Tệp này không có trong manifest.json."
        elif sha256(files[name]) != listed[name]:
            yield name, "Tệp đã bị sửa: SHA-256 khác manifest.json."


# --- 2. chain ------------------------------------------------------------------------------------


def check_chain(files: Files) -> Found:
    """Every hash covers its event and the hash before; every payload fits its digest."""
    log = json.loads(files["events.json"])
    previous, masked = GENESIS, masked_digests(log["events"])
    for expected, event in enumerate(log["events"], 1):
        where = f"events.json, sự kiện số {event['seq']}"
        if event["seq"] != expected:
            yield where, f"Ở chỗ của sự kiện số {expected}: sự kiện bị bớt, thêm hoặc đổi chỗ."
        if wrong := wrong_payload(event, masked.get(str(event["seq"]))):
            yield where, wrong
        if event_hash(previous, log["dossier"], event) != event["hash"]:
            yield where, "Sự kiện đã bị sửa: mã băm tính lại khác."
        previous = event["hash"]
    if len(log["events"]) != log["length"] or previous != log["head"]:
        yield "events.json", "Sổ bị cắt bớt hoặc nối thêm ở cuối."


def event_hash(previous: str, dossier: str, event: dict[str, Any]) -> str:
    """SHA-256 over the canonical form of these members."""
    members = {
        "previous": previous,
        "dossier": dossier,
        "seq": event["seq"],
        "type": event["type"],
        "at": event["at"],
        "actor": event["actor"],
        "caused_by": event["caused_by"],
        "data": event["data"],
        "payload": event["payload_digest"],
    }
    return sha256(canonical(members).encode())


def masked_digests(events: list[dict[str, Any]]) -> dict[str, str]:
    """Of a dossier whose personal data were masked by law: the digests of what was left."""
    acts = (event for event in events if event["type"] == "PERSONAL_DATA_MASKED")
    return {seq: digest for act in acts for seq, digest in act["data"]["left"].items()}


def wrong_payload(event: dict[str, Any], masked: str | None) -> str | None:
    """What is wrong with what was said with an event; erased words are said to be so."""
    digest = masked or event["payload_digest"]
    if event["salt"] is None:
        return "Có nội dung không được niêm phong." if event["payload"] else None
    if digest is None:
        return "Nội dung được thêm vào sau."
    said = bytes.fromhex(event["salt"]) + canonical(event["payload"]).encode()
    return None if sha256(said) == digest else "Nội dung đã bị sửa."


# --- 3. what events name -------------------------------------------------------------------------


def check_named(files: Files) -> Found:
    """Files called by a digest have it; procedures are hashed as a whole."""
    for name, content in files.items():
        folder, _, rest = name.partition("/")
        if folder in ("editions", "files") and sha256(content) != rest.partition(".")[0]:
            yield name, "Tệp không có mã băm mà sổ sự kiện nêu."
    for digest in sorted(procedures(files)):
        if procedure_digest(files, digest) != digest:
            yield f"procedures/{digest}/", "Quy trình không có mã băm mà sổ sự kiện nêu."
    absent = json.loads(files["events.json"])["absent"]
    for digest in sorted(named(files) - present(files) - absent.keys()):
        yield "events.json", f"Sổ sự kiện nêu {digest} nhưng gói không có."


def procedures(files: Files) -> set[str]:
    """The versions of procedures in the bundle."""
    return {name.split("/")[1] for name in files if name.startswith("procedures/")}


def procedure_digest(files: Files, digest: str) -> str:
    """SHA-256 over all files of a version."""
    prefix = f"procedures/{digest}/"
    own = {n.removeprefix(prefix): files[n].decode() for n in files if n.startswith(prefix)}
    return sha256(json.dumps(dict(sorted(own.items())), ensure_ascii=False).encode())


def present(files: Files) -> set[str]:
    """All that the bundle has by digest."""
    return {digest for name in files for digest in DIGEST.findall(name)}


def named(files: Files) -> set[str]:
    """All digests in the data of events, but those of words that masking left."""
    events = json.loads(files["events.json"])["events"]
    data = [event["data"] for event in events if event["type"] != "PERSONAL_DATA_MASKED"]
    return set(DIGEST.findall(canonical(data)))


# --- 4. anchors ----------------------------------------------------------------------------------


def check_anchors(files: Files) -> Found:
    """The log is in each anchor as long as it was then."""
    log = json.loads(files["events.json"])
    for folder in anchors(files):
        where, statement = f"{folder}leaf.json", json.loads(files[f"{folder}statement.json"])
        proof = json.loads(files[where])
        leaf, at = proof["leaf"], datetime.fromisoformat(statement["taken_at"])
        if (leaf["kind"], leaf["name"]) != ("dossier", log["dossier"]):
            yield where, "Mốc neo này là của sổ khác."
        events = log["events"]
        last = events[leaf["length"] - 1] if 0 < leaf["length"] <= len(events) else None
        if last is None or last["hash"] != leaf["head"]:
            yield where, f"Sổ đến sự kiện số {leaf['length']} khác với khi lấy mốc neo."
        if root(proof, statement["leaves"]) != statement["root"]:
            yield where, "Sổ này không dẫn đến gốc cây của mốc neo."
        for event in events[leaf["length"] :]:
            if datetime.fromisoformat(event["at"]) < at - UNDER_WAY:
                yield where, f"Sự kiện số {event['seq']} được thêm vào sau mốc neo, ghi lùi ngày."


def anchors(files: Files) -> list[str]:
    """The folders of anchors, in order."""
    return sorted({f"anchors/{n.split('/')[1]}/" for n in files if n.startswith("anchors/")})


def root(proof: dict[str, Any], size: int) -> str:
    """Where a leaf leads to (RFC 6962)."""
    leaf = hashlib.sha256(b"\0" + canonical(proof["leaf"]).encode()).digest()
    try:
        return climb(leaf, proof["place"], size, [bytes.fromhex(each) for each in proof["path"]])
    except (IndexError, ValueError):
        return "đường dẫn không hợp lệ"


def climb(leaf: bytes, place: int, size: int, path: list[bytes]) -> str:
    """The root of the tree of this size in which the leaf has this place."""
    if not 0 <= place < size:
        raise ValueError(place)
    sides = []
    while size > 1:
        left = 1 << (size - 1).bit_length() - 1
        sides.append(place < left)
        place, size = (place, left) if place < left else (place - left, size - left)
    if len(sides) != len(path):
        raise ValueError(path)
    for other, is_left in zip(path, reversed(sides), strict=True):
        pair = leaf + other if is_left else other + leaf
        leaf = hashlib.sha256(b"\1" + pair).digest()
    return leaf.hex()


# --- 5. signatures -------------------------------------------------------------------------------


def check_signatures(files: Files) -> Found:
    """OpenSSL finds that signatures and time-stamps are of these bytes, by who leads to a root."""
    with tempfile.TemporaryDirectory() as folder:
        write = writer(Path(folder))
        roots = write("roots", files.get(ROOTS, b""))
        for anchor in anchors(files):
            yield from check_seals(files, anchor, write, roots)
        for name in sorted(n for n in files if n.startswith("files/")):
            for count, (content, signature) in enumerate(signed_parts(files[name]), 1):
                if not openssl(*cms(write("signature", signature), write("text", content), roots)):
                    yield name, f"Chữ ký thứ {count} trong tệp không đúng, hoặc không rõ của ai."


def check_seals(files: Files, anchor: str, write: Callable[..., str], roots: str) -> Found:
    """The seal on an anchor's statement, and the time-stamp on that seal."""
    signature, stamp = (files.get(anchor + each) for each in ("signature.p7s", "stamp.tst"))
    if signature:
        text = write("text", files[f"{anchor}statement.json"])
        if not openssl(*cms(write("signature", signature), text, roots)):
            yield f"{anchor}signature.p7s", "Chữ ký không đúng, hoặc không dẫn đến gốc tin cậy."
    if signature and stamp:
        data, token = write("signature", signature), write("stamp", stamp)
        if not openssl("ts", "-verify", "-data", data, "-in", token, "-token_in", "-CAfile", roots):
            yield f"{anchor}stamp.tst", "Dấu thời gian không đúng, hoặc không dẫn đến gốc tin cậy."


def cms(signature: str, text: str, roots: str) -> list[str]:
    """The words for OpenSSL; certificates may have ended since."""
    verify = ["cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", text]
    return [*verify, "-CAfile", roots, "-purpose", "any", "-no_check_time"]


def openssl(*words: str) -> bool:
    """Whether OpenSSL agrees."""
    program = shutil.which("openssl") or "openssl"
    return subprocess.run([program, *words], capture_output=True, check=False).returncode == 0  # noqa: S603


def writer(folder: Path) -> Callable[[str, bytes], str]:
    """Writes bytes where OpenSSL can read them."""

    def write(name: str, content: bytes) -> str:
        (folder / name).write_bytes(content)
        return str(folder / name)

    return write


def signed_parts(pdf: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Of each signature in a PDF what it covers, and the signature (DER)."""
    for match in BYTE_RANGE.finditer(pdf):
        start, first, second, rest = (int(each) for each in match.groups())
        hexadecimal = pdf[start + first + 1 : second - 1]
        covered = pdf[start : start + first] + pdf[second : second + rest]
        yield covered, der(bytes.fromhex(hexadecimal.decode("ascii", "replace")))


def der(padded: bytes) -> bytes:
    """A DER object without the zeros that fill the room kept for it."""
    count = padded[1] & 0x7F if padded[1] & 0x80 else 0
    length = int.from_bytes(padded[2 : 2 + count], "big") if count else padded[1]
    return padded[: 2 + count + length]


# --- the whole -----------------------------------------------------------------------------------

CHECKS: dict[str, Callable[[Files], Found]] = {
    "Danh mục tệp": check_manifest,
    "Chuỗi băm của sổ sự kiện": check_chain,
    "Quy trình, lịch, quy tắc và tài liệu mà sổ nêu": check_named,
    "Mốc neo": check_anchors,
    "Chữ ký số và dấu thời gian": check_signatures,
}


def verify(files: Files, roots: bytes | None = None) -> list[tuple[str, str]]:
    """Do every check that can be done; says what it finds. `roots` are those that one trusts."""
    found: list[tuple[str, str]] = []
    for name, check in CHECKS.items():
        if check is check_signatures and shutil.which("openssl") is None:
            print(f"CHƯA KIỂM  {name}: máy này không có openssl.")
            continue
        given = {ROOTS: roots} if roots and check is check_signatures else {}
        wrong = list(guarded(check, files | given))
        found += wrong
        print(f"{'SAI' if wrong else 'ĐÚNG':<10} {name}")
    for where, what in found:
        print(f"  {where}: {what}")
    return found


def guarded(check: Callable[[Files], Found], files: Files) -> Found:
    """A bundle that is so broken that it cannot be read is wrong, too."""
    try:
        yield from check(files)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
        yield "gói", f"Không đọc được: {error!r}"


def read(path: Path) -> Files:
    """The files of a bundle, by name."""
    if path.is_dir():
        found = (each for each in path.rglob("*") if each.is_file())
        return {each.relative_to(path).as_posix(): each.read_bytes() for each in found}
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def tell(files: Files) -> None:
    """What to compare with other sources."""
    log = json.loads(files["events.json"])
    print(f"Hồ sơ {log['dossier']}: {log['length']} sự kiện, mã băm cuối {log['head']}")
    for digest, why in log["absent"].items():
        print(f"Không có trong gói: {digest} ({why})")
    for anchor in anchors(files):
        statement = files[f"{anchor}statement.json"]
        short = sha256(statement)[:32].upper()
        groups = " ".join(short[i : i + 4] for i in range(0, 32, 4))
        said = json.loads(statement)
        seals = [n for n in ("signature.p7s", "stamp.tst") if anchor + n in files]
        state = "đủ dấu" if len(seals) == 2 else "CHƯA ĐỦ DẤU"
        print(f"Mốc neo số {said['number']} lúc {said['taken_at']}: {groups} ({state})")
    if not anchors(files):
        print("KHÔNG CÓ MỐC NEO: gói này chỉ tự khớp với chính nó.")


def main() -> int:
    """0 where everything holds, 1 where something does not."""
    parser = argparse.ArgumentParser(description="Kiểm tra gói chứng cứ của một hồ sơ.")
    parser.add_argument("bundle", type=Path, help="tệp .zip, hoặc thư mục đã giải nén")
    parser.add_argument("--roots", type=Path, help="chứng thư gốc mà bạn tin (PEM)")
    asked = parser.parse_args()
    files = read(asked.bundle)
    found = verify(files, asked.roots.read_bytes() if asked.roots else None)
    if not found:
        tell(files)
    print("KHÔNG ĐÚNG." if found else "Gói nguyên vẹn.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
