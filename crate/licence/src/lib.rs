//! The driving licence: fields, classes, status, the card's view and the verdict of a purpose.
