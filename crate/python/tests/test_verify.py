"""The wheel beside the command line: the same bytes for the same presentation, and errors that have a code.

LIANGZHENG_CLI is the command line; `cargo xtask test --only python` sets it and builds both.
"""

import ast
import base64
import datetime
import inspect
import json
import os
import pathlib
import subprocess
import threading
import unittest

import arro3.core
import liangzheng
import pyarrow as pa

ROOT = pathlib.Path(__file__).parents[3]
VECTORS = ROOT / "tests/vectors"
POLICY = (ROOT / "crate/verdict/policies/rental-car.json").read_bytes()
NOON = "2026-11-22T12:00:00Z"


def vector(rule):
    return (VECTORS / rule / "presentation.bin").read_bytes()


def trust_files():
    """The authorities of the vectors, but for one that vouches for some types alone."""
    authorities = json.loads((VECTORS / "manifest.json").read_text())["trust"]
    return [VECTORS / one["certificate"] for one in authorities if one["doc_type"] is None]


TRUST = [path.read_bytes() for path in trust_files()]


def command_line(lines, *more):
    """What `liangzheng verify --batch -` writes for these lines."""
    trust = [word for path in trust_files() for word in ("--trust", str(path))]
    command = [os.environ["LIANGZHENG_CLI"], "verify", "--batch", "-", "--at", NOON, *trust, *more]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    environment = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(command, input=text.encode(), capture_output=True, env=environment)
    return done.stdout.decode().splitlines()


def hostile():
    """Every file of the vectors that somebody might show, with the time of its test."""
    for folder in sorted(VECTORS.iterdir()):
        expect = folder / "expect.json"
        if not expect.is_file():
            continue
        at = datetime.datetime.fromtimestamp(json.loads(expect.read_text()).get("at", 1795348800), datetime.UTC)
        for file in sorted(folder.iterdir()):
            if file != expect and file.stat().st_size < 100_000:
                shown = file.read_bytes()
                # A short text is no base64: both get it as a text.
                yield f"{folder.name}/{file.name}", shown if len(shown) > 88 else base64.b64encode(shown[:64]), at


def as_text(shown):
    return base64.b64encode(shown).decode() if len(shown) > 88 else shown.decode("ascii")


class Bytes(unittest.TestCase):
    """The column `json` is the line of the command line, byte for byte."""

    def test_of_every_hostile_file(self):
        names, files, times = zip(*hostile(), strict=True)
        self.assertGreater(len(files), 700)
        batch = pa.record_batch({
            "id": names,
            "presentation": pa.array(files, pa.binary()),
            "at": pa.array(times, pa.timestamp("us", "UTC")),
        })
        expected = command_line(
            {"id": name, "presentation": as_text(file), "at": at.isoformat()}
            for name, file, at in zip(names, files, times, strict=True)
        )
        for jobs in (1, 3):
            found = liangzheng.verify(batch, trust=TRUST, now=NOON, jobs=jobs)
            self.assertEqual(found.column("json").to_pylist(), expected)
        rows = found.to_pylist()
        for row in rows:
            line = json.loads(row["json"])
            self.assertEqual((row["id"], row["verdict"]), (line["id"], line.get("verdict")))
            codes = line["reasons"] if "reasons" in line else [line.get("other") or line["error"]]
            self.assertEqual(row["codes"], codes)
        verdicts = {row["verdict"] for row in rows}
        self.assertEqual(verdicts, {"verified", "refused", "undetermined", None})

    def test_of_a_policy_with_a_case_for_each_row(self):
        rented = {
            "vehicle": "car", "from": "2026-11-22", "until": "2026-11-25", "name": "Erika Mustermann",
            "number_end": "0129", "face": "same",
        }
        cases = [None, rented | {"until": "2032-01-01"}, {"vehicle": "car"}, {"until": 1}, rented | {"until": "2026-01-01"}]
        shown = vector("abroad-rental")
        lines = [{"id": str(n), "presentation": shown.hex()} for n in range(len(cases))]
        for line, case in zip(lines, cases, strict=True):
            if case is not None:
                line["case"] = case
        policy, case = ROOT / "crate/verdict/policies/rental-car.json", ROOT / "target/python-case.json"
        case.write_text(json.dumps(rented))
        batch = pa.record_batch({
            "id": pa.array(range(len(cases))),
            "presentation": pa.array([shown] * len(cases), pa.binary()),
            "case": [case and json.dumps(case) for case in cases],
        })
        found = liangzheng.verify(batch, trust=TRUST, now=NOON, policy=POLICY, case=json.dumps(rented))
        expected = command_line(lines, "--policy", str(policy), "--case", str(case))
        self.assertEqual(found.column("json").to_pylist(), expected)
        self.assertEqual(found.column("decision").to_pylist(), ["accept", "refuse", "review", None, None])
        self.assertEqual(found.column("verdict").to_pylist(), ["verified"] * 3 + [None] * 2)
        codes = found.column("codes").to_pylist()
        self.assertEqual(codes[0] + codes[1], ["term-too-short"])
        self.assertEqual(codes[3:], [["case-form"], ["case-dates"]])

    def test_of_a_table_without_ids_in_chinese(self):
        lines = [{"presentation": "nonsense"}, {"presentation": vector("valid").hex()}]
        batch = pa.record_batch({"presentation": [line["presentation"] for line in lines]})
        found = liangzheng.verify(batch, trust=TRUST, now=NOON, language="zh-CN")
        self.assertEqual(found.column("json").to_pylist(), command_line(lines, "--lang", "zh-CN"))
        self.assertEqual(found.column("id").to_pylist(), ["line 1", "line 2"])


class Columns(unittest.TestCase):
    """Every column that holds what is asked is read; what is wrong in a row stays in its row."""

    def verdicts(self, columns, **more):
        found = liangzheng.verify(pa.record_batch(columns), trust=TRUST, **{"now": NOON, **more})
        return [row["verdict"] or row["codes"][0] for row in found.to_pylist()]

    def test_types_of_a_presentation(self):
        shown = vector("valid")
        binary = [pa.binary(), pa.large_binary(), pa.binary_view()]
        for kind in binary:
            self.assertEqual(self.verdicts({"presentation": pa.array([shown], kind)}), ["verified"], kind)
        for kind in [pa.string(), pa.large_string(), pa.string_view()]:
            self.assertEqual(self.verdicts({"presentation": pa.array([shown.hex()], kind)}), ["verified"], kind)

    def test_what_is_null_or_no_time_is_a_row(self):
        shown = vector("valid")
        columns = {
            "presentation": pa.array([None, shown, shown, b"", shown], pa.binary()),
            "at": [NOON, "noon", None, None, "2026-11-22T20:00:00.123+08:00"],
        }
        self.assertEqual(
            self.verdicts(columns), ["line-null", "line-at", "verified", "other-empty", "verified"]
        )
        self.assertEqual(self.verdicts({"presentation": pa.array([], pa.binary())}), [])
        self.assertEqual(self.verdicts({"presentation": [shown], "case": ["{}"]}), ["line-no-policy"])

    def test_each_row_is_judged_at_its_own_time(self):
        times = [datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC), datetime.datetime(2027, 11, 22, tzinfo=datetime.UTC)]
        for unit in ["s", "ms", "us", "ns"]:
            at = pa.array(times, pa.timestamp(unit, "Asia/Shanghai"))
            shown = pa.array([vector("valid")] * 2, pa.binary())
            self.assertEqual(self.verdicts({"presentation": shown, "at": at}), ["verified", "refused"], unit)

    def test_status_and_revocation_count(self):
        folder = VECTORS / "status-list-invalid"
        expect = json.loads((folder / "expect.json").read_text())
        lists = [(folder / one["file"]).read_bytes() for one in expect["given"]["status_lists"]]
        now = datetime.datetime.fromtimestamp(expect["at"], datetime.UTC)
        columns = {"presentation": [vector("status-list-invalid")]}
        self.assertEqual(self.verdicts(columns, now=now), ["undetermined"])
        self.assertEqual(self.verdicts(columns, now=now, status=lists), ["refused"])

    def test_tables_and_other_libraries(self):
        shown = pa.array([vector("valid")] * 3, pa.binary())
        table = pa.table({"presentation": pa.chunked_array([shown[:1], shown[1:]])})
        found = liangzheng.verify(table, trust=TRUST, now=NOON)
        self.assertIsInstance(found, pa.Table)
        self.assertEqual(found.column("verdict").to_pylist(), ["verified"] * 3)
        other = arro3.core.RecordBatch.from_arrays([arro3.core.Array(shown)], names=["presentation"])
        found = arro3.core.RecordBatch.from_arrow(liangzheng.verify(other, trust=TRUST, now=NOON))
        self.assertEqual(found.column("verdict").to_pylist(), ["verified"] * 3)


class Errors(unittest.TestCase):
    """What is wrong with an argument or a column is an exception with its code."""

    def code(self, columns=None, **more):
        batch = pa.record_batch({"presentation": [b"x"]} if columns is None else columns)
        with self.assertRaises(liangzheng.Error) as caught:
            liangzheng.verify(batch, **{"trust": TRUST, **more})
        self.assertIsInstance(caught.exception, ValueError)
        self.assertIn(f"[{caught.exception.code}]", str(caught.exception))
        return caught.exception.code

    def test_columns(self):
        naive = pa.array([0], pa.timestamp("us"))
        # An integer says neither its unit nor its zone: it is no time.
        found = liangzheng.verify(pa.record_batch({"presentation": [b"x"], "at": [1]}), trust=TRUST)
        self.assertEqual(found.column("codes").to_pylist(), [["line-at"]])
        for columns, code in [
            ({"id": ["a"]}, "column-missing"),
            ({"presentation": [1]}, "column-type"),
            ({"presentation": [b"x"], "id": [1.5]}, "column-type"),
            ({"presentation": [b"x"], "at": naive}, "column-zone"),
            ({"presentation": [b"x"], "case": [{"vehicle": "car"}]}, "column-type"),
        ]:
            self.assertEqual(self.code(columns), code)

    def test_arguments(self):
        root = TRUST[0]
        for more, code in [
            ({"trust": []}, "trust-empty"),
            ({"trust": b"hello"}, "cbor-length"),
            ({"trust": root[:-1]}, "cert-malformed"),
            ({"crl": root}, "crl-malformed"),
            ({"status": b""}, "cbor-length"),
            ({"revoked": ["00"]}, "argument-hash"),
            ({"policy": b"{}"}, "policy-json"),
            ({"policy": POLICY, "case": "{"}, "case-form"),
            ({"case": "{}"}, "argument-policy"),
            ({"now": "noon"}, "argument-time"),
            ({"now": datetime.datetime(2026, 11, 22)}, "argument-time"),
            ({"utc_offset": "+25:00"}, "argument-offset"),
        ]:
            self.assertEqual(self.code(**more), code)

    def test_they_are_in_both_languages(self):
        with self.assertRaises(liangzheng.Error) as caught:
            liangzheng.verify(pa.record_batch({"id": ["a"]}), trust=TRUST, language="zh-CN")
        self.assertIn("列", str(caught.exception))

    def test_what_is_no_batch_is_a_type_error(self):
        for batch in [None, 1, [b"x"], {"presentation": [b"x"]}]:
            with self.assertRaises((TypeError, ValueError)):
                liangzheng.verify(batch, trust=TRUST)
        with self.assertRaises(TypeError):
            liangzheng.verify(pa.record_batch({"presentation": [b"x"]}))


class Threads(unittest.TestCase):
    def test_the_gil_is_released(self):
        """Another thread runs while a batch is judged; with the GIL it would run only before and after."""
        verifier = liangzheng.Verifier(trust=TRUST, now=NOON)
        batch = pa.record_batch({"presentation": pa.array([vector("valid")] * 2000, pa.binary())})
        counted, end = [0], threading.Event()

        def count():
            while not end.wait(0.001):
                counted[0] += 1

        thread = threading.Thread(target=count)
        thread.start()
        before = counted[0]
        verifier.verify(batch)
        during = counted[0] - before
        end.set()
        thread.join()
        self.assertGreater(during, 20)

    def test_a_verifier_serves_several_threads(self):
        verifier = liangzheng.Verifier(trust=TRUST, now=NOON)
        batch = pa.record_batch({"presentation": pa.array([vector("valid"), vector("digest-missing")] * 20, pa.binary())})
        expected, found = verifier.verify(batch), []
        threads = [threading.Thread(target=lambda: found.append(verifier.verify(batch))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(found, [expected] * 4)


class Stub(unittest.TestCase):
    def test_it_has_what_the_module_has(self):
        tree = ast.parse((ROOT / "crate/python/liangzheng.pyi").read_text())
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        names = {node.target.id for node in tree.body if isinstance(node, ast.AnnAssign)}
        types_only = {"ArrowBatch", "ArrowTable"}
        self.assertEqual(set(functions) | set(classes) | names, set(liangzheng.__all__) | types_only)
        new = next(node for node in classes["Verifier"].body if getattr(node, "name", "") == "__new__")
        for node, of in [(functions["verify"], liangzheng.verify), (new, liangzheng.Verifier)]:
            keywords = [argument.arg for argument in node.args.kwonlyargs]
            own = inspect.signature(of).parameters.values()
            self.assertEqual(keywords, [one.name for one in own if one.kind is one.KEYWORD_ONLY])

    def test_the_schema_of_spark_is_that_of_the_result(self):
        found = liangzheng.verify(pa.record_batch({"presentation": [b"x"]}), trust=TRUST)
        names = [column.split(" ")[0] for column in liangzheng.SPARK_SCHEMA.split(", ")]
        self.assertEqual(found.schema.names, names)


if __name__ == "__main__":
    unittest.main()
