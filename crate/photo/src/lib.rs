//! A portrait photo before anybody reviews it: what can be measured, and what kind of file it is.
//!
//! A reviewer at the authority decides whether a photo is used. Most rejections are for what a program can see as well: a
//! dark room, a coloured wall, a head that is too small. This crate measures that on the holder's own device, so that the
//! photo is taken again in a minute and not after a working day. It decides nothing: a photo with faults can be sent.
//!
//! ```text
//! file     bytes -> file::read -> PictureFile {kind, size, orientation} or FileError      (the browser decodes)
//! measure  RGBA pixels -> Picture::new -> measure -> Report {findings}                    (live, while cropping, before sending)
//! ```
//!
//! # Example
//!
//! ```
//! use liangzheng_photo::{Check, Cut, Outcome, Picture, PreflightCode, measure};
//!
//! // One colour: a blue wall without anybody.
//! let rgba = [70, 130, 220, 255].repeat(260 * 378);
//! let picture = Picture::new(&rgba, 260, 378).expect("within the bounds");
//! let report = measure(&picture, Some(Cut { width: 900, height: 1308 }), None);
//! let ground = report.finding(Check::Ground).expect("every check has a finding");
//! assert_eq!(ground.outcome, Outcome::Fail);
//! assert_eq!(ground.code, Some(PreflightCode::GroundColoured));
//! assert_eq!(report.first().map(|finding| finding.check), Some(Check::Person));
//! ```
//!
//! # Checks
//!
//! Every measurement is made on a sample of [`WIDTH`] x [`HEIGHT`] pixels, the size of an archive photo, so that its rules
//! are compared in their own unit. The picture that is measured has the ratio of the photo.
//!
//! | check | measured | passes |
//! |---|---|---|
//! | [`Check::Person`] | share of the sample that differs from the ground | 6 % to 95 % |
//! | [`Check::Upright`] | which edges the person reaches | the lower one |
//! | [`Check::Light`] | brightness of the brightest twentieth; blown-out part of the middle of the face | 150; less than 15 % |
//! | [`Check::Ground`] | light and colourless part of the upper edges | 85 % |
//! | [`Check::HeadSize`] | crown to chin, or the width of the head | 200 to 290, or 150 to 205 |
//! | [`Check::HeadTop`] | space above the head | 4 to 44 |
//! | [`Check::HeadCentre`] | distance of the head from the middle | at most 18 |
//! | [`Check::Sharpness`] | what a further blur takes from the edges, in percent | 45 |
//! | [`Check::Contrast`] | between the darkest and the brightest hundredth | 80 |
//! | [`Check::Size`] | width in pixels of what was cut out of the source | 520; less than 400 fails |
//! | [`Check::Ratio`] | width to height, in thousandths | 667 to 750 |
//! | [`Check::Weight`] | bytes of the JPEG | 10 KiB to 100 KiB |
//!
//! The box of an archive photo is a head of 165 to 189 by 224 to 260 pixels with 10 to 20 above it. The ranges here are
//! wider by what hair and this measure add.
//!
//! # Nobody is blamed
//!
//! - Nothing is measured of skin. Exposure is judged by the ground and by blown-out highlights, never by the brightness of
//!   a person: a dark face on a white ground is not "too dark".
//! - The head is an outline against the ground. Hair, a headscarf, a beard may hide the neck: then the size is told by the
//!   width, and where that may be hair, it is [`Outcome::Unclear`] and not a fault.
//! - White hair on a white ground has no outline. A head that may continue above its outline is at most unclear.
//! - What a program of this kind cannot know is listed in [`NOT_CHECKED`], and the page says so.
//!
//! # Bounds
//!
//! A [`Picture`] has at most [`SIDE_MAX`] pixels a side. Each of its pixels is read once, and then the sample a fixed number
//! of times. All arithmetic is on integers: a report is the same on every device.

pub mod file;
mod ground;
mod head;
mod picture;
mod report;
mod sharpness;
mod steady;
mod tone;

pub use picture::{HEIGHT, Picture, SIDE_LEAST, SIDE_MAX, WIDTH};
pub use report::{Check, Cut, Finding, NOT_CHECKED, Outcome, PreflightCode, Report, measure};
pub use steady::Steady;
