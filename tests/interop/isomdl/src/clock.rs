//! The library takes no time of verification and reads the system's clock, so the clock is held: this program's own
//! `clock_gettime` comes before the C library's. Where the standard library asks for the time in another way (Windows),
//! the dates of the tests will not do.

use std::sync::atomic::{AtomicU32, Ordering};

static HELD: AtomicU32 = AtomicU32::new(0);

/// Holds every clock of this program at `at`, in unix seconds.
pub(crate) fn hold(at: u32) {
    HELD.store(at, Ordering::Relaxed);
}

/// # Safety
/// As of the C library's: `time` is null or points to a `timespec`.
#[unsafe(no_mangle)]
unsafe extern "C" fn clock_gettime(_clock: libc::clockid_t, time: *mut libc::timespec) -> libc::c_int {
    if let Some(time) = unsafe { time.as_mut() } {
        time.tv_sec = HELD.load(Ordering::Relaxed).into();
        time.tv_nsec = 0;
    }
    0
}
