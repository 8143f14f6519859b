//! Clothes: one shape for the shoulders, and a neckline.

/// What somebody wears.
pub enum Clothes {
    /// Jacket, shirt and tie.
    Suit { jacket: &'static str, shade: &'static str, tie: &'static str },
    /// Jacket over a blouse, no tie.
    Blazer { jacket: &'static str, shade: &'static str, blouse: &'static str },
    /// A round neckline.
    Crew { colour: &'static str, shade: &'static str },
    /// A shirt with an open collar.
    Shirt { colour: &'static str, shade: &'static str },
    /// A standing collar, buttoned to the top.
    Mandarin { colour: &'static str, shade: &'static str },
    /// A hooded sweater.
    Hoodie { colour: &'static str, shade: &'static str },
    /// A turtleneck.
    Turtleneck { colour: &'static str, shade: &'static str },
    /// A striped shirt with a round neckline.
    Stripes { colour: &'static str, stripe: &'static str },
    /// A polo shirt.
    Polo { colour: &'static str, shade: &'static str },
}

const TORSO: &str = "M30 756 C34 664 60 622 120 600 C160 585 188 576 202 548 C220 600 300 600 318 548 C332 576 360 585 400 600 C460 622 486 664 490 756 Z";

/// The clothes, drawn over the neck.
pub fn draw(clothes: &Clothes, skin: &str) -> String {
    match clothes {
        Clothes::Suit { jacket, shade, tie } => format!(
            r##"<path d="{TORSO}" fill="{jacket}"/><path d="M198 552 L260 690 L322 552 C330 566 336 572 346 578 L276 756 L244 756 L174 578 C184 572 190 566 198 552 Z" fill="#f4f6f8"/><path d="M200 540 L260 630 L320 540 Z" fill="{skin}"/><path d="M200 546 L260 628 L214 652 L184 574 Z M320 546 L260 628 L306 652 L336 574 Z" fill="#ffffff" stroke="#d4dade" stroke-width="3"/><path d="M246 628 L274 628 L284 756 L236 756 Z M244 612 L276 612 L270 642 L250 642 Z" fill="{tie}"/><path d="M172 578 L130 640 L168 662 L150 684 L244 756 L240 740 Z M348 578 L390 640 L352 662 L370 684 L276 756 L280 740 Z" fill="{shade}"/>"##
        ),
        Clothes::Blazer { jacket, shade, blouse } => format!(
            r##"<path d="{TORSO}" fill="{jacket}"/><path d="M196 556 C210 640 240 680 260 690 C280 680 310 640 324 556 L346 580 L290 756 L230 756 L174 580 Z" fill="{blouse}"/><path d="M200 546 C212 620 244 652 260 664 C276 652 308 620 320 546 L320 530 L200 530 Z" fill="{skin}"/><path d="M178 574 L138 650 L172 668 L158 690 L232 756 L240 756 Z M342 574 L382 650 L348 668 L362 690 L288 756 L280 756 Z" fill="{shade}"/>"##
        ),
        Clothes::Crew { colour, shade } => format!(
            r##"<path d="{TORSO}" fill="{colour}"/><path d="M198 548 C204 620 316 620 322 548 L338 570 C326 648 194 648 182 570 Z" fill="{shade}"/><path d="M96 680 q6 40 4 76 M424 680 q-6 40 -4 76" fill="none" stroke="{shade}" stroke-width="6" stroke-linecap="round"/>"##
        ),
        Clothes::Shirt { colour, shade } => format!(
            r##"<path d="{TORSO}" fill="{colour}"/><path d="M204 540 L260 650 L316 540 L316 530 L204 530 Z" fill="{skin}"/><path d="M202 536 L260 648 L206 676 L176 574 Z M318 536 L260 648 L314 676 L344 574 Z" fill="{shade}"/><path d="M260 648 L260 756" stroke="{shade}" stroke-width="5"/><circle cx="272" cy="700" r="6" fill="{shade}"/>"##
        ),
        Clothes::Mandarin { colour, shade } => format!(
            r##"<path d="{TORSO}" fill="{colour}"/><path d="M192 540 C210 590 310 590 328 540 L336 584 C306 622 272 630 260 630 C248 630 214 622 184 584 Z" fill="{shade}"/><path d="M260 628 L260 756" stroke="{shade}" stroke-width="6"/><g fill="{shade}"><circle cx="274" cy="660" r="8"/><circle cx="274" cy="716" r="8"/></g>"##
        ),
        Clothes::Hoodie { colour, shade } => format!(
            r##"<path d="{TORSO}" fill="{colour}"/><path d="M186 540 C150 560 140 610 176 640 C210 664 244 668 260 690 C276 668 310 664 344 640 C380 610 370 560 334 540 C330 590 300 632 260 640 C220 632 190 590 186 540 Z" fill="{shade}"/><path d="M232 668 L228 740 M288 668 L292 740" stroke="#f2f2ee" stroke-width="8" stroke-linecap="round"/>"##
        ),
        Clothes::Turtleneck { colour, shade } => format!(
            r##"<path d="{TORSO}" fill="{colour}"/><path d="M190 506 C220 530 300 530 330 506 L340 590 C310 624 210 624 180 590 Z" fill="{colour}"/><path d="M190 506 C220 530 300 530 330 506 L331 522 C300 546 220 546 189 522 Z M180 590 C210 624 310 624 340 590 L342 600 C310 640 210 640 178 600 Z" fill="{shade}"/>"##
        ),
        Clothes::Stripes { colour, stripe } => format!(
            r##"<clipPath id="t"><path d="{TORSO}"/></clipPath><path d="{TORSO}" fill="{colour}"/><path d="M0 648 H520 M0 694 H520 M0 740 H520" stroke="{stripe}" stroke-width="20" clip-path="url(#t)"/><path d="M196 550 C204 618 316 618 324 550 L334 566 C322 636 198 636 186 566 Z" fill="{stripe}"/>"##
        ),
        Clothes::Polo { colour, shade } => format!(
            r##"<path d="{TORSO}" fill="{colour}"/><path d="M204 536 L260 624 L316 536 Z" fill="{skin}"/><path d="M200 534 L260 626 L222 656 L168 580 Z M320 534 L260 626 L298 656 L352 580 Z" fill="{shade}"/><path d="M246 634 L246 720 L274 720 L274 634 L260 624 Z" fill="{shade}" opacity=".55"/><circle cx="260" cy="660" r="5" fill="#fff"/><circle cx="260" cy="694" r="5" fill="#fff"/>"##
        ),
    }
}
