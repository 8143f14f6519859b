"""isomdoc and pymdoccbor, asked by peers/python.mjs: a question a line on standard input, an answer a line out, in JSON.

A question has `library`, `action` (verify or issue), `at` (unix seconds; the clock is held there) and bytes in
hexadecimal. An answer has `ok`, and `error` or `bytes`.
"""

import json
import logging
import sys
from datetime import date, datetime, timedelta, timezone
from importlib.metadata import version
from types import SimpleNamespace

import cbor2
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_der_x509_certificate

import isomdoc
import pymdoccbor.mdoc.issuer
import pymdoccbor.mdoc.verifier
import pymdoccbor.mso.issuer
import pymdoccbor.mso.verifier

DOC_TYPE = "org.iso.18013.5.1.mDL"
ISO = "org.iso.18013.5.1"
DAY = 86_400

# It logs each refusal; the answers tell them.
logging.disable(logging.CRITICAL)


def full_date(text):
    return cbor2.CBORTag(1004, text)


def hold_clock(at):
    """pymdoccbor reads the system's clock in three modules; isomdoc reads none."""

    class Held(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromtimestamp(at, tz)

        @classmethod
        def utcnow(cls):
            return datetime.fromtimestamp(at, timezone.utc).replace(tzinfo=None)

    pymdoccbor.mso.verifier.datetime = Held
    pymdoccbor.mdoc.issuer.datetime = Held
    pymdoccbor.mso.issuer.datetime = SimpleNamespace(datetime=Held, timedelta=timedelta, date=date)


def isomdoc_verify(question):
    transcript = cbor2.loads(bytes.fromhex(question["transcript"]))
    response = isomdoc.verify_device_response(bytes.fromhex(question["deviceResponse"]), transcript)
    if not response.documents:
        raise ValueError("no document")


def pymdoccbor_verify(question):
    mdoc = pymdoccbor.mdoc.verifier.MdocCbor()
    mdoc.loads(bytes.fromhex(question["deviceResponse"]))
    roots = [load_der_x509_certificate(bytes.fromhex(question["iaca"]))]
    if not mdoc.verify(roots):
        raise ValueError("not valid")
    if not mdoc.documents:
        raise ValueError("no document")


def elements(country):
    return {
        "family_name": "Beispiel",
        "given_name": "Berta",
        "issuing_country": country,
        "issuing_authority": "Utopia Traffic Office",
        "document_number": "UT-000000",
        "un_distinguishing_sign": "UTO",
        "age_over_18": True,
    }


def isomdoc_issue(question):
    key = load_pem_private_key(question["key"].encode(), None)
    device = load_pem_private_key(question["device"].encode(), None).public_key()
    certificate = load_der_x509_certificate(bytes.fromhex(question["ds"]))
    mdoc = isomdoc.create_mdoc(DOC_TYPE, [certificate], key)
    dates = {
        "birth_date": full_date("1990-03-07"),
        "issue_date": full_date("2021-05-10"),
        "expiry_date": full_date("2031-05-10"),
        "portrait": bytes.fromhex(question["portrait"]),
    }
    for identifier, value in (elements(question["country"]) | dates).items():
        mdoc.add_data_item(ISO, identifier, value)
    moment = datetime.fromtimestamp(question["at"], timezone.utc)
    from_, until = moment - timedelta(days=1), moment + timedelta(days=60)
    return mdoc.generate_credential(device, from_, from_, until)


def pymdoccbor_issue(question):
    def cose_key(pem, private):
        key = load_pem_private_key(pem.encode(), None)
        numbers = key.private_numbers()
        public = numbers.public_numbers
        fields = {"KTY": "EC2", "CURVE": "P_256", "X": public.x.to_bytes(32, "big"), "Y": public.y.to_bytes(32, "big")}
        return fields | ({"ALG": "ES256", "D": numbers.private_value.to_bytes(32, "big")} if private else {})

    issuer = pymdoccbor.mdoc.issuer.MdocCborIssuer(private_key=cose_key(question["key"], True), alg="ES256")
    day = lambda seconds: datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d")
    # It writes the dates with tag 1004 itself.
    dates = {
        "birth_date": "1990-03-07",
        "issue_date": "2021-05-10",
        "expiry_date": "2031-05-10",
        "portrait": bytes.fromhex(question["portrait"]),
    }
    issuer.new(
        data={ISO: elements(question["country"]) | dates},
        doctype=DOC_TYPE,
        validity={"issuance_date": day(question["at"] - DAY), "expiry_date": day(question["at"] + 60 * DAY)},
        devicekeyinfo=cose_key(question["device"], False),
        x509_chain=[bytes.fromhex(question["ds"])],
        revocation=question.get("revocation"),
    )
    return cbor2.dumps(issuer.signed["documents"][0]["issuerSigned"])


ACTIONS = {
    ("isomdoc", "verify"): isomdoc_verify,
    ("pymdoccbor", "verify"): pymdoccbor_verify,
    ("isomdoc", "issue"): isomdoc_issue,
    ("pymdoccbor", "issue"): pymdoccbor_issue,
}


def answer(question):
    if question["action"] == "version":
        return {"ok": True, "version": version(question["library"])}
    hold_clock(question["at"])
    try:
        made = ACTIONS[question["library"], question["action"]](question)
    # What a library throws is its refusal, whatever it is; cryptography's has no text.
    except Exception as error:  # noqa: BLE001
        return {"ok": False, "error": f"{type(error).__name__}: {error}"[:300]}
    return {"ok": True} | ({"bytes": made.hex()} if isinstance(made, bytes) else {})


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
