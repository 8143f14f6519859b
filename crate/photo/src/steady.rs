//! One hint at a time, and only if it stays: a person moves, and a screen reader must not be flooded.

/// How often in a row something must be measured before it is said.
const TIMES: u8 = 3;

/// What is said of a live picture.
///
/// ```
/// use liangzheng_photo::Steady;
///
/// let mut steady = Steady::new();
/// assert_eq!(steady.see("dark"), None);
/// assert_eq!(steady.see("dark"), None);
/// assert_eq!(steady.see("dark"), Some(&"dark"));
/// assert_eq!(steady.see("dark"), None, "said already");
/// assert_eq!(steady.see("good"), None, "the hand trembled");
/// assert_eq!(steady.see("dark"), None);
/// ```
#[derive(Clone, Debug)]
pub struct Steady<T> {
    said: Option<T>,
    seen: Option<T>,
    times: u8,
}

impl<T: PartialEq> Steady<T> {
    /// Nothing was seen yet.
    pub const fn new() -> Self {
        Self { said: None, seen: None, times: 0 }
    }

    /// Takes the next measurement. Returns what is to be said now, which differs from what was said last.
    pub fn see(&mut self, seen: T) -> Option<&T> {
        self.times = if self.seen.as_ref() == Some(&seen) { self.times.saturating_add(1) } else { 1 };
        self.seen = Some(seen);
        if self.times < TIMES || self.seen == self.said {
            return None;
        }
        self.said = self.seen.take();
        self.times = 0;
        self.said.as_ref()
    }
}

impl<T: PartialEq> Default for Steady<T> {
    fn default() -> Self {
        Self::new()
    }
}
