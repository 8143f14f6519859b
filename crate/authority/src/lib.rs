//! A licensing authority: roll-out, claims, photo review, issuing; and the demo authority with its people.
