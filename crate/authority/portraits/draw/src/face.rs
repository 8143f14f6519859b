//! One face: the parts that every portrait shares, in the drawing's units (520 x 756, the head's middle at 260).
//! The view box then cuts out head and shoulders in the proportions of a licence photo.

use crate::clothes::{self, Clothes};
use crate::hair::{self, Hair};
use std::fmt::Write;

/// How one person looks.
pub struct Look {
    pub skin: Skin,
    /// Half the width of the face at its widest.
    pub width: f32,
    /// Half the width of the chin's curve: small is pointed, large is square.
    pub jaw: f32,
    /// Where the chin ends, from the top.
    pub chin: f32,
    pub hair: Hair,
    pub hair_colour: &'static str,
    pub hair_light: &'static str,
    pub brow: Brow,
    pub brow_colour: &'static str,
    pub eye: Eye,
    pub mouth: Mouth,
    pub lips: &'static str,
    pub glasses: Option<Glasses>,
    pub beard: Beard,
    pub earring: Option<&'static str>,
    /// 0 for none, 1 for a few lines, 2 for old age.
    pub lines: u8,
    pub clothes: Clothes,
}

/// Skin: its colour, its shadow, its blush.
pub struct Skin(pub &'static str, pub &'static str, pub &'static str);

pub enum Brow {
    Soft,
    Straight,
    Arched,
    Heavy,
}

pub enum Eye {
    Almond,
    Round,
    Narrow,
    Tired,
}

pub enum Mouth {
    Smile,
    Calm,
    Full,
    Firm,
}

pub enum Glasses {
    Round(&'static str),
    Square(&'static str),
    HalfRim(&'static str),
}

pub enum Beard {
    None,
    Stubble,
    Moustache(&'static str),
}

/// The whole drawing.
pub fn svg(look: &Look) -> String {
    let mut out = String::from(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="62 98 396 575.7" width="520" height="756"><rect width="520" height="756" fill="#ffffff"/>"##,
    );
    let Skin(skin, shade, blush) = &look.skin;
    let (w, jaw, chin) = (look.width, look.jaw, look.chin);
    let face = face_path(w, jaw, chin);

    out.push_str(&hair::behind(&look.hair, look.hair_colour, look.hair_light));
    // Neck, then clothes, then the head's shadow on the neck.
    let _ = write!(
        out,
        r#"<path d="M200 420 L200 560 C205 600 240 640 260 640 C280 640 315 600 320 560 L320 420 Z" fill="{skin}"/>
        <path d="M200 {0} C215 {1} 240 {2} 260 {2} C280 {2} 305 {1} 320 {0} L320 440 L200 440 Z" fill="{shade}"/>"#,
        chin - 12.0,
        chin + 22.0,
        chin + 36.0
    );
    let _ = write!(out, r#"<g transform="translate(0 -26)">{}</g>"#, clothes::draw(&look.clothes, skin));
    // Ears.
    for side in [-1.0_f32, 1.0] {
        let x = 260.0 + side * (w + 5.0);
        let _ = write!(
            out,
            r#"<ellipse cx="{x}" cy="346" rx="19" ry="34" fill="{skin}"/><path d="M{} 326 q{} 20 {} 40" fill="none" stroke="{shade}" stroke-width="6" stroke-linecap="round"/>"#,
            x + side * 4.0,
            side * 8.0,
            -side * 6.0
        );
        if let Some(colour) = look.earring {
            let _ = write!(out, r#"<circle cx="{}" cy="384" r="7.5" fill="{colour}"/>"#, x - side * 1.0);
        }
    }
    // Head, shaded on one side.
    let _ = write!(
        out,
        r#"<clipPath id="f"><path d="{face}"/></clipPath><path d="{face}" fill="{skin}"/><g clip-path="url(#f)">"#
    );
    let _ = write!(
        out,
        r#"<ellipse cx="{}" cy="398" rx="30" ry="20" fill="{blush}" opacity=".5"/><ellipse cx="{}" cy="398" rx="30" ry="20" fill="{blush}" opacity=".5"/>"#,
        260.0 - w * 0.62,
        260.0 + w * 0.62
    );
    beard(&mut out, look, chin);
    out.push_str("</g>");
    lines(&mut out, look.lines, shade, w);
    nose(&mut out, shade);
    mouth(&mut out, &look.mouth, look.lips, shade);
    eyes(&mut out, &look.eye, shade);
    brows(&mut out, &look.brow, look.brow_colour);
    out.push_str(&hair::front(&look.hair, look.hair_colour, look.hair_light, w));
    if let Some(kind) = &look.glasses {
        glasses(&mut out, kind, w);
    }
    out.push_str("</svg>");
    out
}

fn face_path(w: f32, jaw: f32, chin: f32) -> String {
    let (l, r) = (260.0 - w, 260.0 + w);
    format!(
        "M{l} 300 C{l} 210 {} 172 260 172 C{} 172 {r} 210 {r} 300 C{r} 352 {} {} {} {} C{} {} {} {chin} 260 {chin} C{} {chin} {} {} {} {} C{} {} {l} 352 {l} 300 Z",
        260.0 - w * 0.62,
        260.0 + w * 0.62,
        r - 2.0,
        chin - 88.0,
        260.0 + jaw + 22.0,
        chin - 42.0,
        260.0 + jaw + 2.0,
        chin - 12.0,
        260.0 + jaw * 0.55,
        260.0 - jaw * 0.55,
        260.0 - jaw - 2.0,
        chin - 12.0,
        260.0 - jaw - 22.0,
        chin - 42.0,
        l + 2.0,
        chin - 88.0,
    )
}

fn nose(out: &mut String, shade: &str) {
    let _ = write!(
        out,
        r#"<path d="M256 344 C254 368 242 384 243 392 C244 401 255 402 262 401" fill="none" stroke="{shade}" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>"#
    );
}

fn mouth(out: &mut String, mouth: &Mouth, lips: &str, shade: &str) {
    let _ = match mouth {
        Mouth::Smile => write!(
            out,
            r#"<path d="M222 426 C240 446 280 446 298 426 C285 434 235 434 222 426 Z" fill="{lips}" stroke="{lips}" stroke-width="6" stroke-linejoin="round"/>"#
        ),
        Mouth::Calm => write!(
            out,
            r#"<path d="M227 433 C245 440 275 440 293 432" fill="none" stroke="{lips}" stroke-width="8" stroke-linecap="round"/><path d="M244 452 q16 6 32 0" fill="none" stroke="{shade}" stroke-width="5" stroke-linecap="round"/>"#
        ),
        Mouth::Full => write!(
            out,
            r#"<path d="M221 427 C238 420 252 418 260 423 C268 418 282 420 299 427 C284 449 236 449 221 427 Z" fill="{lips}"/><path d="M225 428 C246 436 274 436 295 428" fill="none" stroke="{shade}" stroke-opacity=".8" stroke-width="3.5"/>"#
        ),
        Mouth::Firm => write!(
            out,
            r#"<path d="M226 433 Q260 440 294 432" fill="none" stroke="{lips}" stroke-width="8" stroke-linecap="round"/><path d="M243 454 q17 5 34 0" fill="none" stroke="{shade}" stroke-width="5" stroke-linecap="round"/>"#
        ),
    };
}

fn eyes(out: &mut String, eye: &Eye, shade: &str) {
    for side in [-1.0_f32, 1.0] {
        let x = 260.0 + side * 50.0;
        // The outer corner lies on `side`.
        let p = |dx: f32| x + side * dx;
        let _ = match eye {
            Eye::Almond => write!(
                out,
                r##"<path d="M{} 341 C{} 322 {} 320 {} 334 C{} 349 {} 351 {} 341 Z" fill="#fff"/><circle cx="{x}" cy="336" r="12.5" fill="#2b1d17"/><circle cx="{}" cy="331" r="3.6" fill="#fff"/><path d="M{} 342 C{} 320 {} 318 {} 333" fill="none" stroke="#221813" stroke-width="6.5" stroke-linecap="round"/>"##,
                p(-27.0),
                p(-16.0),
                p(14.0),
                p(27.0),
                p(14.0),
                p(-12.0),
                p(-27.0),
                x + 4.0,
                p(-27.0),
                p(-16.0),
                p(14.0),
                p(29.0)
            ),
            Eye::Round => write!(
                out,
                r##"<path d="M{} 341 C{} 316 {} 314 {} 336 C{} 354 {} 356 {} 341 Z" fill="#fff"/><circle cx="{x}" cy="336" r="15" fill="#2d1f19"/><circle cx="{}" cy="330" r="4.4" fill="#fff"/><path d="M{} 341 C{} 314 {} 312 {} 334 l{} -5" fill="none" stroke="#221813" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>"##,
                p(-26.0),
                p(-16.0),
                p(14.0),
                p(26.0),
                p(14.0),
                p(-12.0),
                p(-26.0),
                x + 5.0,
                p(-26.0),
                p(-16.0),
                p(14.0),
                p(27.0),
                side * 7.0
            ),
            Eye::Narrow => write!(
                out,
                r##"<path d="M{} 341 C{} 328 {} 326 {} 336 C{} 346 {} 348 {} 341 Z" fill="#fff"/><circle cx="{x}" cy="337" r="10.5" fill="#2b1d17"/><path d="M{} 341 C{} 325 {} 323 {} 336" fill="none" stroke="#221813" stroke-width="7" stroke-linecap="round"/>"##,
                p(-27.0),
                p(-16.0),
                p(14.0),
                p(27.0),
                p(14.0),
                p(-12.0),
                p(-27.0),
                p(-27.0),
                p(-16.0),
                p(14.0),
                p(29.0)
            ),
            Eye::Tired => write!(
                out,
                r##"<path d="M{} 341 C{} 327 {} 325 {} 338 C{} 349 {} 351 {} 341 Z" fill="#fff"/><circle cx="{x}" cy="338" r="11" fill="#33251f"/><path d="M{} 340 C{} 326 {} 323 {} 341" fill="none" stroke="#33251f" stroke-width="6" stroke-linecap="round"/><path d="M{} 360 q{} 9 {} -1" fill="none" stroke="{shade}" stroke-width="5" stroke-linecap="round"/>"##,
                p(-26.0),
                p(-15.0),
                p(14.0),
                p(26.0),
                p(14.0),
                p(-12.0),
                p(-26.0),
                p(-27.0),
                p(-15.0),
                p(14.0),
                p(29.0),
                p(-20.0),
                side * 20.0,
                side * 40.0
            ),
        };
    }
}

fn brows(out: &mut String, brow: &Brow, colour: &str) {
    for side in [-1.0_f32, 1.0] {
        let p = |dx: f32| 260.0 + side * dx;
        let _ = match brow {
            Brow::Soft => write!(
                out,
                r#"<path d="M{} 302 Q{} 290 {} 304" fill="none" stroke="{colour}" stroke-width="8" stroke-linecap="round"/>"#,
                p(26.0),
                p(52.0),
                p(82.0)
            ),
            Brow::Straight => write!(
                out,
                r#"<path d="M{} 303 Q{} 297 {} 303" fill="none" stroke="{colour}" stroke-width="11" stroke-linecap="round"/>"#,
                p(26.0),
                p(56.0),
                p(84.0)
            ),
            Brow::Arched => write!(
                out,
                r#"<path d="M{} 302 Q{} 282 {} 304" fill="none" stroke="{colour}" stroke-width="7" stroke-linecap="round"/>"#,
                p(25.0),
                p(60.0),
                p(83.0)
            ),
            Brow::Heavy => write!(
                out,
                r#"<path d="M{} 301 L{} 294 Q{} 293 {} 306" fill="none" stroke="{colour}" stroke-width="14" stroke-linecap="round" stroke-linejoin="round"/>"#,
                p(25.0),
                p(58.0),
                p(74.0),
                p(85.0)
            ),
        };
    }
}

fn beard(out: &mut String, look: &Look, chin: f32) {
    match look.beard {
        Beard::None => {}
        Beard::Stubble => {
            let _ = write!(
                out,
                r##"<path d="M{0} 385 C{1} 420 225 408 260 410 C295 408 {2} 420 {3} 385 L{3} {4} L{0} {4} Z" fill="#55483f" opacity=".22"/>"##,
                260.0 - look.width - 4.0,
                260.0 - look.width + 34.0,
                260.0 + look.width - 34.0,
                260.0 + look.width + 4.0,
                chin + 5.0
            );
        }
        Beard::Moustache(colour) => {
            let _ = write!(
                out,
                r#"<path d="M212 428 C222 410 245 406 260 411 C275 406 298 410 308 428 C290 422 275 420 260 421 C245 420 230 422 212 428 Z" fill="{colour}"/>"#
            );
        }
    }
}

fn lines(out: &mut String, lines: u8, shade: &str, w: f32) {
    if lines >= 1 {
        for side in [-1.0_f32, 1.0] {
            let _ = write!(
                out,
                r#"<path d="M{} 396 q{} 16 {} 34" fill="none" stroke="{shade}" stroke-width="5" stroke-linecap="round"/>"#,
                260.0 + side * 38.0,
                side * 16.0,
                side * 17.0
            );
        }
    }
    if lines >= 2 {
        for side in [-1.0_f32, 1.0] {
            let x = 260.0 + side * (w - 22.0);
            let _ = write!(
                out,
                r#"<path d="M{x} 330 l{0} -7 M{x} 340 l{0} 1 M{x} 350 l{0} 7" fill="none" stroke="{shade}" stroke-width="4.5" stroke-linecap="round"/>"#,
                side * 15.0
            );
        }
        let _ = write!(
            out,
            r#"<path d="M212 262 q48 -9 96 0 M220 241 q40 -7 80 0" fill="none" stroke="{shade}" stroke-width="5" stroke-linecap="round"/>"#
        );
    }
}

fn glasses(out: &mut String, glasses: &Glasses, w: f32) {
    let (shape, colour, width) = match glasses {
        Glasses::Round(colour) => {
            (r#"<circle cx="209" cy="340" r="40"/><circle cx="311" cy="340" r="40"/>"#, colour, 7)
        }
        Glasses::Square(colour) => (
            r#"<rect x="165" y="309" width="84" height="60" rx="15"/><rect x="271" y="309" width="84" height="60" rx="15"/>"#,
            colour,
            8,
        ),
        Glasses::HalfRim(colour) => (
            r#"<path d="M166 318 L250 318 M270 318 L354 318" stroke-width="9"/><path d="M166 318 C166 372 248 380 250 318 M270 318 C272 380 354 372 354 318" stroke-width="3"/>"#,
            colour,
            7,
        ),
    };
    let _ = write!(
        out,
        r##"<g fill="#dfe9ef" fill-opacity=".12" stroke="{colour}" stroke-width="{width}" stroke-linecap="round">{shape}<path d="M249 334 q11 -9 22 0 M{} 330 L{} 334 M{} 330 L{} 334" fill="none"/></g>"##,
        168.0,
        256.0 - w,
        352.0,
        264.0 + w
    );
}
