// Generated: cargo xtask docs

/** A stable code of a finding. `docs/errors.md` of the repository has each with its meaning and what to do. */
export type Code =
  /** Not a licence code, or it was not read completely. */
  | 'envelope-deflate'
  /** The code does not say properly when it was made and how long it lives. */
  | 'envelope-info'
  /** A newer wallet made this code, which this verifier cannot read yet. */
  | 'envelope-info-newer'
  /** Not a licence code; while a question is asked, no answer to it either. */
  | 'envelope-kind'
  /** The code claims to live longer than the 60 seconds that are allowed. */
  | 'envelope-life'
  /** The code does not hold what a licence code must hold. */
  | 'envelope-shape'
  /** The data is larger than any licence code may be. */
  | 'size'
  /** The data is nested far deeper than any real licence. */
  | 'cbor-depth'
  /** The data has far more parts than any real licence. */
  | 'cbor-items'
  /** The data is cut short, or claims to be longer than it is. */
  | 'cbor-length'
  /** The data is not written as it must be; for example, the same entry appears twice. */
  | 'cbor-profile'
  /** The kind of signature does not fit the key of whoever signed. */
  | 'cose-alg-curve'
  /** The signature does not say how it was made. */
  | 'cose-alg-missing'
  /** How the signature was made is written where anybody could change it. */
  | 'cose-alg-unprotected'
  /** The signature was made in a way that is not accepted here. */
  | 'cose-alg-unsupported'
  /** The signature uses one of two kinds of keys that cannot be checked here (brainpoolP320r1 and P512r1). */
  | 'cose-brainpool'
  /** The signature demands extra rules that are not known here. */
  | 'cose-crit'
  /** The description of the signature has the same entry twice. */
  | 'cose-header-duplicate'
  /** A key is of a kind that is not accepted here. */
  | 'cose-key-curve'
  /** A key is not written as it must be. */
  | 'cose-key-form'
  /** A key has an impossible value. */
  | 'cose-key-point'
  /** The check code does not match: something was changed, or it is not the holder's own device. */
  | 'cose-mac'
  /** What was signed is missing, or is in the wrong place. */
  | 'cose-payload'
  /** The part that describes the signature cannot be read. */
  | 'cose-protected'
  /** The signature does not match: something was changed, or somebody else signed. */
  | 'cose-signature'
  /** The signature has a wrong length or an impossible value. */
  | 'cose-signature-form'
  /** The signature is not put together as it must be. */
  | 'cose-structure'
  /** The authority's certificate is attached in the wrong form. */
  | 'cose-x5chain-form'
  /** The authority's certificate is missing, so nobody can tell who issued this. */
  | 'cose-x5chain-missing'
  /** The authority's certificate is in a place where the standard does not allow it. */
  | 'cose-x5chain-protected'
  /** The phone's key that the licence names is not a valid one. */
  | 'device-key'
  /** The issuer protected the contents in a way that this page does not accept. */
  | 'digest-algorithm'
  /** The numbering of the contents is not as it must be. */
  | 'digest-id'
  /** A check value in the licence has a wrong length. */
  | 'digest-length'
  /** The holder's device says that it did not show this document. */
  | 'document-errors'
  /** The same entry is there twice, so nobody can tell which one is right. */
  | 'duplicate-element'
  /** The licence contradicts itself about what the holder's device may add. */
  | 'key-authorizations'
  /** The issuer used a version that this page does not know. */
  | 'mso-version'
  /** The number of documents is wrong: there is none, or there are too many. */
  | 'profile-documents'
  /** Nothing of the licence was shown. */
  | 'profile-elements'
  /** Parts that every licence must have are missing. */
  | 'profile-shape'
  /** The other app reports that something went wrong while it showed the licence. */
  | 'profile-status'
  /** A time is not as the standard asks. */
  | 'profile-time'
  /** The other app uses a version that this page does not know. */
  | 'profile-version'
  /** The answer has only a kind of proof that is not read here (zero-knowledge, or an encrypted document). */
  | 'proof-not-read'
  /** The contents are protected too weakly. */
  | 'random-short'
  /** The wallet reports an error that the standard does not name, and showed no document. */
  | 'wallet-error'
  /** The wallet reports an error (10) and showed no document. */
  | 'wallet-error-10'
  /** The wallet reports that it could not read the request (11) and showed no document. */
  | 'wallet-error-11'
  /** The wallet reports that the request is not formed as it must be (12) and showed no document. */
  | 'wallet-error-12'
  /** The authority's certificate is damaged, or is no certificate at all. */
  | 'cert-malformed'
  /** The certificate does not name the key of the authority above it, or names a wrong one. */
  | 'cert-profile-authority-key-identifier'
  /** This certificate has the wrong rank: one that signs licences may not vouch for others, and the other way round. */
  | 'cert-profile-basic-constraints'
  /** The authority's certificate has no name. */
  | 'cert-profile-common-name'
  /** The authority's certificate does not properly name its country. */
  | 'cert-profile-country'
  /** The signing certificate and the authority above it name different countries. */
  | 'cert-profile-country-mismatch'
  /** The authority's certificate demands a rule that is not known here. */
  | 'cert-profile-critical-extension'
  /** The authority's certificate does not say where withdrawn certificates are listed. */
  | 'cert-profile-crl-distribution-points'
  /** The authority's certificate has the same entry twice. */
  | 'cert-profile-duplicate-extension'
  /** This certificate is for another purpose than signing driving licences. */
  | 'cert-profile-extended-key-usage'
  /** The authority's certificate has an entry that the licence standard forbids. */
  | 'cert-profile-forbidden-extension'
  /** The authority's certificate gives no contact. */
  | 'cert-profile-issuer-alt-name'
  /** The authority's certificate holds no usable key. */
  | 'cert-profile-key'
  /** This certificate is not made for signing licences. */
  | 'cert-profile-key-usage'
  /** A certificate that should be an authority's own root was issued by somebody else. */
  | 'cert-profile-self-issued'
  /** The authority's certificate has an invalid number. */
  | 'cert-profile-serial'
  /** The authority's certificate contradicts itself about how it was signed. */
  | 'cert-profile-signature-algorithm'
  /** The signing certificate and the authority above it name different provinces. */
  | 'cert-profile-state-mismatch'
  /** The authority's certificate does not name its own key. */
  | 'cert-profile-subject-key-identifier'
  /** A date in the authority's certificate is not written as it must be. */
  | 'cert-profile-time-encoding'
  /** The authority's certificate runs longer than allowed, or ends before it begins. */
  | 'cert-profile-validity'
  /** The authority's certificate has a wrong version. */
  | 'cert-profile-version'
  /** The authority's certificate is unusually large. */
  | 'cert-size'
  /** The certificate that signed the document has no identifier of the key above it. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-authority-key-identifier'
  /** The certificate that signed the document states in another way than the standard whether it is an authority's. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-basic-constraints'
  /** The certificate that signed the document has no name. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-common-name'
  /** The certificate that signed the document does not name its country as the standard asks. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-country'
  /** The certificate that signed the document marks an extension as binding that the standard does not. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-critical-extension'
  /** The certificate that signed the document does not say where its list of withdrawn certificates is, or says it in another form. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-crl-distribution-points'
  /** The certificate that signed the document does not say for which kind of document it is. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-extended-key-usage-missing'
  /** The certificate that signed the document says for which kind of document it is, and does not mark it as binding. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-extended-key-usage-not-critical'
  /** The certificate that signed the document lists further purposes. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-extended-key-usage-other'
  /** The certificate that signed the document has an extension that the standard excludes. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-forbidden-extension'
  /** The certificate that signed the document has no contact of the authority. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-issuer-alt-name'
  /** The certificate that signed the document writes the authority's name in other letters, encoding or spaces than the root. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-issuer-name'
  /** The certificate that signed the document does not say what its key may be used for. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-key-usage-missing'
  /** The certificate that signed the document says what its key may be used for, and does not mark it as binding. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-key-usage-not-critical'
  /** The certificate that signed the document lists more or fewer uses of its key than the standard. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-key-usage-other'
  /** The certificate that signed the document sets no limit, or a wide one, to the levels below it. Only one level is accepted here anyway. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-path-length'
  /** Not all of the certificate that signed the document, the root and the document name a country, state or province. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-place-missing'
  /** The country, state or province in the certificate that signed the document cannot be compared with that of the root or of the document. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-place-unreadable'
  /** The certificate that signed the document has a serial number that is too short. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-serial'
  /** The certificate that signed the document does not write its state or province as the standard asks. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-state'
  /** The certificate that signed the document has no identifier of its own key. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-subject-key-identifier'
  /** The certificate that signed the document is valid for longer than the standard allows. The authority's certificate departs from the standard here; this is not the holder's doing. */
  | 'deviation-validity'
  /** The answer also has another document (org.iso.23220.photoid.1) whose issuer is not on your trust list: it could not be checked. */
  | 'beside-unknown'
  /** The authority signs in a way that this page cannot check yet. */
  | 'chain-algorithm'
  /** The authority uses one of two kinds of keys that this page cannot check (brainpoolP320r1 and P512r1). */
  | 'chain-brainpool'
  /** Your list has another key for this authority. */
  | 'chain-key-identifier'
  /** The certificate uses a known authority's name, but that authority did not sign it. */
  | 'chain-signature'
  /** A time is not written as the standard asks, and was read all the same: classes. This is not the holder's doing. */
  | 'deviation-element-time'
  /** A time of the validity is not written as the standard asks, and was read all the same. This is not the holder's doing. */
  | 'deviation-mso-time'
  /** The portrait has 3 bytes after its end: a departure from the standard, and not the holder's doing. */
  | 'deviation-portrait-end'
  /** The copy was signed after the start of its validity, which the standard excludes. This is not the holder's doing. */
  | 'deviation-signed-after-start'
  /** Departures from the standard: 3. They are in the authority's certificates and not the holder's doing. */
  | 'deviations'
  /** Every item shown is as it was signed. */
  | 'digests-match'
  /** Properly signed, but it is no driving licence. */
  | 'document-not-licence'
  /** The document does not say what kind of document it is. */
  | 'document-type-malformed'
  /** The authority's signing certificate has expired. */
  | 'ds-expired'
  /** The authority's signing certificate is not valid yet. */
  | 'ds-not-yet'
  /** The list of withdrawn certificates that was imported is dated in the future; the clock of this device may be wrong. */
  | 'ds-revocation-ahead'
  /** A list of withdrawn certificates of this authority was kept on this device and is now damaged or gone, so it is not known whether this one was withdrawn. */
  | 'ds-revocation-missing'
  /** The list of withdrawn certificates that was imported is out of date, so it is not known whether this one was withdrawn. */
  | 'ds-revocation-old'
  /** The authority has withdrawn the certificate with which this licence was signed. */
  | 'ds-revoked'
  /** The authority's root certificate has expired. */
  | 'iaca-expired'
  /** The authority's root certificate is not valid yet. */
  | 'iaca-not-yet'
  /** The checking stopped; nothing was judged. */
  | 'interrupted'
  /** The trust list vouches for this authority in other documents, and not in driving licences. */
  | 'issuer-doc-type'
  /** Your list has another key for this authority. */
  | 'issuer-key-unknown'
  /** The issuer's certificate is not on the current list of withdrawn ones. */
  | 'issuer-not-revoked'
  /** The issuer's signature is right. */
  | 'issuer-signed'
  /** Issuer: 演示发证机关 DEMO. Issuer trusted by Demo. */
  | 'issuer-trusted'
  /** This page does not know the issuing authority. Anybody could have made this licence. */
  | 'issuer-unknown'
  /** The country on the licence is not the issuer's country. */
  | 'issuing-country'
  /** The region on the licence is not the issuer's region. */
  | 'issuing-jurisdiction'
  /** It says that it was signed at a time when the issuer's certificate was not valid. */
  | 'mso-signed-outside-ds'
  /** The answer has two documents of one kind that could both be judged. */
  | 'several-documents'
  /** The signature could not be checked: its kind of key is not supported here. */
  | 'signature-not-checked'
  /** The trust list is dated in the future; most likely this device's clock is wrong. */
  | 'trust-list-ahead'
  /** Only a trust list that is out of date vouches for this issuer, so it cannot be told whether it still does. */
  | 'trust-list-old'
  /** The certificate that signed the trust list for this issuer has expired. */
  | 'trust-list-signer-expired'
  /** The signature on the authority certificate to be trusted does not match. */
  | 'anchor-signature'
  /** Altered: do not trust it. */
  | 'digest-mismatch'
  /** It shows something that the issuer never signed: do not trust it. */
  | 'digest-missing'
  /** Altered: do not trust it. The issuer's signature does not fit. */
  | 'issuer-signature'
  /** The phone added something that the issuer does not allow it to add. */
  | 'device-elements'
  /** Not shown by the holder's own phone to this device. */
  | 'device-mac'
  /** It was shown in a way that needs a direct connection to this device, so it cannot be checked here. */
  | 'device-mac-unexpected'
  /** Who shows it was not asked. */
  | 'device-not-asked'
  /** Not shown by the holder's own phone: its signature does not fit. */
  | 'device-signature'
  /** Signed by the device it was issued to. */
  | 'device-signed'
  /** The session is not known, so that nobody can tell whether the holder's own device showed this. */
  | 'device-unchecked'
  /** It calls itself another kind of document than the one that was issued. */
  | 'doc-type'
  /** Shown just now, and not scanned before. */
  | 'fresh'
  /** Fresh: it answered your question, and nothing answered it before. */
  | 'fresh-by-answer'
  /** Whether it was made just now is for the session to prove: it does if the session was yours and was used once. */
  | 'fresh-by-session'
  /** Nobody remembers which codes were received, so this one may have been used elsewhere a moment ago. */
  | 'replay-not-checked'
  /** This code was made for somebody else to check. */
  | 'audience'
  /** The code's time is over a minute ahead of this device: the two clocks disagree. */
  | 'clock-ahead'
  /** This device's clock is clearly wrong, so nobody can tell whether the code is new. */
  | 'clock-floor'
  /** It does not say when it was shown, so nobody can tell whether it is new. */
  | 'freshness-unproven'
  /** You have scanned this code before. */
  | 'seen'
  /** This code is old: ask to show it again. */
  | 'stale'
  /** Valid from 8 November 2026: it is not the same day here and where the licence was issued. */
  | 'licence-begins-today'
  /** The licence is valid until 8 November 2026, that day included. */
  | 'licence-current'
  /** The licence expired on 8 November 2026. */
  | 'licence-expired'
  /** Valid until 8 November 2026: that day is over here, and not yet where the licence was issued. */
  | 'licence-expires-today'
  /** The licence is valid long-term. */
  | 'licence-long-term'
  /** The licence is valid only from 8 November 2026. */
  | 'licence-not-yet'
  /** This electronic copy is valid until 8 November 2026. */
  | 'mso-current'
  /** This electronic licence was not refreshed in time and has expired. */
  | 'mso-expired'
  /** This electronic licence is not valid yet. */
  | 'mso-not-yet'
  /** It was not shown until when the licence is valid. */
  | 'validity-missing'
  /** Abnormal status: D – suspended (8 November 2026 at 10:00). */
  | 'status-abnormal'
  /** The status has a time in the future (8 November 2026 at 10:00). */
  | 'status-ahead'
  /** The entries of the status list have a wrong width (1, 2, 4 or 8 bits are right). */
  | 'status-bits'
  /** The status list lacks something it must have (its name, its time or the list itself). */
  | 'status-claims'
  /** The signed facts hold no status. */
  | 'status-empty'
  /** The status list has expired. */
  | 'status-expired'
  /** Status: D – suspended, extended until 8 November 2026; until then it may be driven. */
  | 'status-extended'
  /** Status: D – suspended; the extension ended on 8 November 2026. */
  | 'status-extension-over'
  /** Status: D – suspended, but not until when. */
  | 'status-extension-undated'
  /** The licence has ended: D – suspended (8 November 2026 at 10:00). */
  | 'status-gone'
  /** Status: D – suspended (8 November 2026 at 10:00). */
  | 'status-good'
  /** This licence's status is kept in an identifier list, which this page cannot look up yet. */
  | 'status-identifier-list'
  /** The status list has no place for this licence. */
  | 'status-index'
  /** This is a status list as JWT. Only lists as CWT are read here. */
  | 'status-jwt'
  /** The status in the licence itself (D – suspended, 8 November 2026 at 10:00) does not count: the list overrules it. */
  | 'status-letters-overruled'
  /** The status list (as of 8 November 2026 at 10:00) has expired. */
  | 'status-list-expired'
  /** The issuer's status list (as of 8 November 2026 at 10:00) says: ended, or replaced by a newer licence. */
  | 'status-list-invalid'
  /** The status list that this licence points to is not on this device, so it could not be checked. */
  | 'status-list-missing'
  /** The status list is as of 8 November 2026 at 10:00, 24 h old: too old for this purpose. */
  | 'status-list-old'
  /** The issuer's status list (as of 8 November 2026 at 10:00) gives a status that is not understood: 5. */
  | 'status-list-other'
  /** The issuer's status list (as of 8 November 2026 at 10:00) says: suspended. */
  | 'status-list-suspended'
  /** The issuer's status list (as of 8 November 2026 at 10:00) says: valid. */
  | 'status-list-valid'
  /** The status was not shown. */
  | 'status-missing'
  /** This issuer publishes no status, and your rules need one; valid by its dates until 8 November 2026. */
  | 'status-needed'
  /** This issuer publishes no status; valid by its dates until 8 November 2026. */
  | 'status-not-published'
  /** The status list was made in the future. */
  | 'status-not-yet'
  /** The status is as of 8 November 2026 at 10:00, 24 h old: too old for this purpose. */
  | 'status-old'
  /** The status is recent enough (8 November 2026 at 10:00). */
  | 'status-recent'
  /** Status: D – suspended (8 November 2026 at 10:00): must not drive. */
  | 'status-red'
  /** The way in which the licence points to a status list is not understood. */
  | 'status-reference'
  /** This status list is older than the one that is here. */
  | 'status-rollback'
  /** The signature of the status list is wrong: it was altered. */
  | 'status-signature'
  /** The status list was not signed by the issuer of this licence. */
  | 'status-signer'
  /** The certificate of the list's signer is malformed, or may not sign. */
  | 'status-signer-certificate'
  /** The certificate of the list's signer, or that of its authority, is not valid now. */
  | 'status-signer-dates'
  /** The certificate of the list's signer is not marked for status lists or documents. */
  | 'status-signer-purpose'
  /** The certificate of the list's signer is revoked. */
  | 'status-signer-revoked'
  /** The status list is too large (at most 1 MiB as a file, 4 MiB unpacked). */
  | 'status-size'
  /** The status list has outlived the time for which it may be used. */
  | 'status-stale'
  /** This is no status list. */
  | 'status-structure'
  /** This status list has another name than the one the licence points to. */
  | 'status-subject'
  /** The file does not say that it is a status list. */
  | 'status-type'
  /** A status that is not understood: D – suspended. */
  | 'status-unknown'
  /** This is a Chinese licence and nothing of its Chinese part was shown, so that its status is not known. */
  | 'status-withheld'
  /** The status list is damaged and cannot be unpacked. */
  | 'status-zlib'
  /** Not yet 18. */
  | 'age-below'
  /** The date of birth and the answer about the age of 18 do not agree. */
  | 'age-disputed'
  /** The documents of this answer do not agree about the date of birth or the age. */
  | 'age-documents-differ'
  /** 18 or over. */
  | 'age-reached'
  /** It was not shown whether the holder is 18 or over. */
  | 'age-unknown'
  /** For automatic gearboxes only, and this vehicle is shifted by hand: a car. */
  | 'automatic-only'
  /** Automatic vehicles only (code 78). */
  | 'automatic-said'
  /** Born in 1994; age completed in that year: 18. */
  | 'birth-year'
  /** Not filled in: the last day. */
  | 'case-missing'
  /** It is not known which trailer can be behind this vehicle: a car. */
  | 'case-trailer'
  /** Categories that are not valid now: AM, B. */
  | 'categories-not-now'
  /** Category B covers this vehicle: a car. */
  | 'category-covers'
  /** The category for this vehicle (a car) ended on 8 November 2026. */
  | 'category-ended'
  /** Category B has been held for 3 years. */
  | 'category-held'
  /** Whether category B covers this vehicle (a car) depends on the vehicle, or on the rules of the place. */
  | 'category-review'
  /** Category B is valid until 8 November 2026. */
  | 'category-until'
  /** C1 covers such vehicles below 4.5 t only (a car). */
  | 'class-by-mass'
  /** C1 covers a car. */
  | 'class-covers'
  /** Sources differ on whether a car may be driven. */
  | 'class-disputed'
  /** No class of this licence covers a car. */
  | 'class-not-covered'
  /** a car may be driven only from 8 November 2026. */
  | 'class-not-yet'
  /** The classes are missing or not understood, so it is open whether a car may be driven. */
  | 'class-unreadable'
  /** Not now: C2, automatic cars (no manual). */
  | 'classes-not-now'
  /** What was shown does not settle whether these may be driven: C2, automatic cars (no manual). */
  | 'classes-open'
  /** The licence has classes that this program does not know: 01, 70. */
  | 'classes-unread'
  /** 8 November 2026: it is not the same day here and where the document was issued, and the answer depends on it. */
  | 'day-undecided'
  /** Cannot be read: classes. */
  | 'element-malformed'
  /** Not shown: classes. */
  | 'element-missing'
  /** These two do not agree with each other: classes; last 4 of the number. */
  | 'elements-contradict'
  /** Endorsements: 01, 70. */
  | 'endorsements'
  /** A person compared the portrait: not the same person. */
  | 'face-differs'
  /** A person compared the portrait: the same person. */
  | 'face-matches'
  /** Nobody has compared the portrait yet. */
  | 'face-not-compared'
  /** A person compared the portrait, and is not sure that it is the same person. */
  | 'face-not-sure'
  /** This document is genuine, and it is not a driving licence: it says nothing about driving. */
  | 'genuine-not-licence'
  /** Held less than 3 year. */
  | 'held-too-short'
  /** The licence does not show since when the category has been held; at least 3 years are needed. */
  | 'held-unknown'
  /** Years held: 3, counted from C1. */
  | 'held-years'
  /** There is no booking or proposal to compare name and number with. */
  | 'holder-not-compared'
  /** The policy accepts this issuer. */
  | 'issuer-accepted'
  /** The document is genuine, and the policy does not accept its issuer. */
  | 'issuer-not-accepted'
  /** The document was not verified in the way that a policy needs. */
  | 'judged-otherwise'
  /** What may be driven, or how, is limited by these codes: 01, 70. */
  | 'limited-use'
  /** May drive: C2, automatic cars (no manual). */
  | 'may-drive'
  /** May drive: category AM, B. */
  | 'may-drive-categories'
  /** The name is another one than that of the booking. */
  | 'name-differs'
  /** The name is that of the booking. */
  | 'name-matches'
  /** The names are written in different scripts and cannot be compared by machine. */
  | 'name-not-comparable'
  /** No rule of the policy applies to a document of this kind. */
  | 'no-rule-applies'
  /** Not in the novice year. */
  | 'not-novice'
  /** In the novice year, until 8 November 2026. */
  | 'novice'
  /** Novice until 8 November 2026; the policy does not accept novices. */
  | 'novice-not-accepted'
  /** No driving in transport in the novice year (until 8 November 2026). */
  | 'novice-professional'
  /** No trailer in the novice year (until 8 November 2026). */
  | 'novice-trailer'
  /** The last characters of the number are others than those of the booking. */
  | 'number-differs'
  /** The last characters of the number are those of the booking. */
  | 'number-matches'
  /** Points: 9, more than 8. */
  | 'points-above'
  /** Points: 9, in the band from 9 to 11. */
  | 'points-band'
  /** Points: 9, below 12. */
  | 'points-below'
  /** Points: 9; 12 is full. */
  | 'points-full'
  /** The policy ended on 8 November 2026. */
  | 'policy-ended'
  /** The policy begins on 8 November 2026. */
  | 'policy-not-yet'
  /** No portrait was shown, so the answer cannot be tied to this person. */
  | 'portrait-left-out'
  /** The portrait is of a kind that browsers cannot draw (JPEG 2000). */
  | 'portrait-not-drawn'
  /** The portrait is not formed as it must be and is not drawn. */
  | 'portrait-unreadable'
  /** A professional certificate (从业资格证, JT/T 1290) is not in a licence and was not checked. */
  | 'professional-certificate'
  /** Professional driver's competence (code 95) until 8 November 2026. */
  | 'professional-competence'
  /** Professional driver's competence (code 95) ended on 8 November 2026. */
  | 'professional-competence-ended'
  /** Professional driver's competence (code 95), and until when cannot be read. */
  | 'professional-competence-undated'
  /** This was shown for Roadside, and is checked for Rental. */
  | 'purpose-other'
  /** This was shown for a purpose that this verifier does not know, and is checked for Rental. */
  | 'purpose-unknown'
  /** Codes and restrictions: 01, 70. */
  | 'restrictions'
  /** Class of the state: C1. The same letter means another thing in each state. */
  | 'state-class'
  /** By your rules, class C1 of the state covers this vehicle: a car. */
  | 'state-class-covers'
  /** The class ended on 8 November 2026. */
  | 'state-class-ended'
  /** The licence names no class at all. */
  | 'state-class-none'
  /** The status is accepted: D – suspended. */
  | 'status-accepted'
  /** The status is accepted: valid by the status list (as of 8 November 2026 at 10:00). */
  | 'status-accepted-by-list'
  /** Transport asks for status A, normal; it is D – suspended. */
  | 'status-not-normal'
  /** The status is not accepted: D – suspended. */
  | 'status-refused'
  /** The status is not accepted: the status list (as of 8 November 2026 at 10:00) says no. */
  | 'status-refused-by-list'
  /** The status needs a closer look: D – suspended. */
  | 'status-review'
  /** This is a still answer: so that one picture holds it, it has no portrait by design. */
  | 'still-answer'
  /** Below 18: age does not limit a car. */
  | 'stop-age-below'
  /** Driving a car was extended until 8 November 2026. */
  | 'stop-age-extended'
  /** 18 or over: a car may no longer be driven. */
  | 'stop-age-reached'
  /** For a car the holder must be below 18, which the items shown do not prove. */
  | 'stop-age-unproven'
  /** Certificates and document follow the standard in everything. */
  | 'strict-met'
  /** Certificates or document depart from the standard in this number of points: 3. */
  | 'strict-not-met'
  /** The licence is still valid on 8 November 2026. */
  | 'term-covered'
  /** The licence is not valid until 8 November 2026. */
  | 'term-too-short'
  /** C1 allows a trailer. */
  | 'trailer-covers'
  /** No class of this licence allows the trailer of a car (A2 or C6 is needed). */
  | 'trailer-not-covered'
  /** This answer is encrypted in a way that is not allowed. */
  | 'answer-alg'
  /** What was encrypted is no presentation. */
  | 'answer-content'
  /** This answer cannot be opened: it was not encrypted to your key, or it was changed on the way. */
  | 'answer-decryption'
  /** This answer uses a kind of encryption that was not offered. */
  | 'answer-enc'
  /** This answer is not built as an answer must be. */
  | 'answer-form'
  /** This answer cannot be read: what it says about its encryption is not right. */
  | 'answer-header'
  /** The key that came with this answer is not right. */
  | 'answer-key'
  /** The answer came too late: your question has expired. */
  | 'answer-late'
  /** This answers another question. */
  | 'answer-other-request'
  /** It answers something else than what you asked. */
  | 'answer-query'
  /** Your question was answered before; it cannot be answered again. */
  | 'answer-seen'
  /** It shows several presentations where one was asked for. */
  | 'answer-several'
  /** Not asked for this purpose. */
  | 'not-asked'
  /** Not checked, because an earlier step did not pass. */
  | 'not-reached';
