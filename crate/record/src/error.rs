//! Why a record cannot be made or read, and what a check of a journal finds.

use cbor::coded;

const FORM: &str = "Liangzheng records, 2";
const TREE: &str = "Liangzheng records, 3";
const NOTE: &str = "Liangzheng records, 4";
const RECEIPT: &str = "Liangzheng records, 5";
const PAYLOAD: &str = "Liangzheng records, 6";
const REPLAY: &str = "Liangzheng records, 7";

/// Why a record or its payload cannot be made or read. It names no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordError {
    /// A line is longer than [`LINE_MAX`](crate::LINE_MAX), or a payload than [`PAYLOAD_MAX`](crate::PAYLOAD_MAX).
    Size,
    /// It is no JSON of the schema.
    Form,
    /// It has a newer version of the schema than this program reads.
    Newer,
    /// A text is empty, too long, or has a control character.
    Text(&'static str),
    /// An override turns a failed proof into something better: a document that is not genuine, not presented by its holder, not
    /// valid or revoked.
    Override,
    /// The journal is full, or its lines do not fit together, so that nothing is appended.
    Journal,
    /// The record is in the journal already.
    Repeated,
}

coded!(RecordError as RecordCode {
    Size => "record-size", "record", FORM;
    Form => "record-form", "record", FORM;
    Newer => "record-newer", "record", FORM;
    Text => "record-text", "record", FORM;
    Override => "override-not-allowed", "record", FORM;
    Journal => "journal-not-whole", "record", TREE;
    Repeated => "record-id-used", "record", FORM;
});

cbor::stage_error!(RecordError);

coded!(
    /// What a check of a journal finds.
    pub enum JournalCode {
        /// A line is no record, or too long.
        Unreadable => "record-unreadable", "journal", TREE;
        /// A record, or its link to the one before, is not what was written.
        Changed => "record-changed", "journal", TREE;
        /// One record or several are gone.
        Missing => "record-missing", "journal", TREE;
        /// A record is not in its place.
        Reordered => "record-reordered", "journal", TREE;
        /// A record is there twice.
        Repeated => "record-repeated", "journal", TREE;
        /// The journal is shorter than when it was signed.
        CutOff => "journal-cut-off", "journal", TREE;
        /// The lines fit together, and are not those that were signed.
        Rewritten => "journal-rewritten", "journal", TREE;
        /// The payload beside a record is not what was kept.
        PayloadChanged => "payload-changed", "journal", PAYLOAD;
        /// There is a payload of no record.
        PayloadStray => "payload-stray", "journal", PAYLOAD;
    }
);

/// Why a signed note or a checkpoint is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoteError {
    /// It is no signed note, or too long.
    Form,
    /// Its text is no checkpoint.
    Checkpoint,
    /// It is a checkpoint of another journal.
    Origin,
    /// The name or the bytes of a key are malformed.
    Key,
    /// The key has not signed it.
    Unsigned,
    /// The key's signature is wrong.
    Signature,
    /// The signature could not be checked: the algorithm is not supported here.
    NotChecked,
}

coded!(NoteError as NoteCode {
    Form => "note-form", "checkpoint", NOTE;
    Checkpoint => "checkpoint-form", "checkpoint", NOTE;
    Origin => "checkpoint-origin", "checkpoint", NOTE;
    Key => "note-key", "checkpoint", NOTE;
    Unsigned => "note-unsigned", "checkpoint", NOTE;
    Signature => "note-signature", "checkpoint", NOTE;
    NotChecked => "note-not-checked", "checkpoint", NOTE;
});

cbor::stage_error!(NoteError);

/// Why a receipt is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReceiptError {
    /// It is no receipt, or too long.
    Form,
    /// There is no such record, or fewer than the checkpoint says.
    Index,
    /// Its proof does not lead from the record to the root of the checkpoint.
    Proof,
    /// Its record is not the one that it is held against.
    Record,
}

coded!(ReceiptError as ReceiptCode {
    Form => "receipt-form", "receipt", RECEIPT;
    Index => "receipt-index", "receipt", RECEIPT;
    Proof => "receipt-proof", "receipt", RECEIPT;
    Record => "receipt-record", "receipt", RECEIPT;
});

cbor::stage_error!(ReceiptError);

coded!(
    /// What a replay says beside *the same*.
    pub enum ReplayCode {
        /// A rule or the decision is not what was recorded.
        Different => "replay-different", "replay", REPLAY;
        /// Facts that were seen are not kept, so that what rests on them is taken from the record.
        FactsGone => "replay-facts-gone", "replay", REPLAY;
        /// Nothing was kept, or it is erased.
        PayloadGone => "replay-payload-gone", "replay", REPLAY;
        /// The payload is not the one of the record.
        PayloadOther => "replay-payload-other", "replay", REPLAY;
        /// The policy is not the one that decided.
        PolicyOther => "replay-policy-other", "replay", REPLAY;
        /// A list of the record was not given.
        FileMissing => "replay-file-missing", "replay", REPLAY;
        /// A list was given that the record does not have.
        FileOther => "replay-file-other", "replay", REPLAY;
    }
);
