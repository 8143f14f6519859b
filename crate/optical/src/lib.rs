//! The QR link: presentation bytes to frames to QR symbols, and camera luma back to bytes.
