//! Hair in two layers: what lies behind head and neck, and what lies on the forehead.

/// A way to wear one's hair.
pub enum Hair {
    /// Short, parted at one side.
    SidePart,
    /// Cropped close.
    Crop,
    /// Short sides, swept up.
    Quiff,
    /// Short curls.
    Curls,
    /// Thin on top, fuller at the sides.
    Receding,
    /// Tied back, with a bun.
    Bun,
    /// To the jaw, with a straight fringe, behind the ears.
    Bob,
    /// Long and straight, parted in the middle, behind the ears.
    Long,
    /// A ponytail over one shoulder.
    Ponytail,
    /// Very short, combed to one side.
    Pixie,
    /// Wavy to the shoulders.
    Waves,
    /// A middle part, of medium length.
    Curtain,
}

/// What lies behind the head.
pub fn behind(hair: &Hair, colour: &str, light: &str) -> String {
    match hair {
        Hair::Bun => format!(
            r#"<circle cx="260" cy="152" r="46" fill="{colour}"/><path d="M236 132 q24 -18 46 -2" fill="none" stroke="{light}" stroke-width="7" stroke-linecap="round"/><path d="M140 350 C128 230 180 150 260 150 C340 150 392 230 380 350 C372 400 350 420 340 430 L180 430 C170 420 148 400 140 350 Z" fill="{colour}"/>"#
        ),
        Hair::Bob => format!(
            r#"<path d="M124 330 C112 210 172 132 260 132 C348 132 408 210 396 330 C398 400 402 452 384 492 C340 508 330 470 322 440 L198 440 C190 470 180 508 136 492 C118 452 122 400 124 330 Z" fill="{colour}"/>"#
        ),
        Hair::Long => format!(
            r#"<path d="M128 330 C112 210 176 136 260 136 C344 136 408 210 392 330 C396 430 424 540 410 640 C372 668 340 660 322 640 L198 640 C180 660 148 668 110 640 C96 540 124 430 128 330 Z" fill="{colour}"/>"#
        ),
        Hair::Ponytail => format!(
            r#"<path d="M136 340 C122 222 178 144 260 144 C342 144 398 222 384 340 C378 380 366 400 356 410 L164 410 C154 400 142 380 136 340 Z" fill="{colour}"/><path d="M368 300 C428 330 436 450 412 560 C402 606 374 622 352 628 C372 560 352 470 344 400 Z" fill="{colour}"/><path d="M398 400 C408 460 402 530 386 584" fill="none" stroke="{light}" stroke-width="7" stroke-linecap="round"/>"#
        ),
        Hair::Waves => format!(
            r#"<path d="M122 320 C108 206 172 132 260 132 C348 132 412 206 398 320 C424 360 396 400 416 440 C436 484 404 516 416 556 C372 590 336 560 326 520 L194 520 C184 560 148 590 104 556 C116 516 84 484 104 440 C124 400 96 360 122 320 Z" fill="{colour}"/>"#
        ),
        Hair::Curtain => format!(
            r#"<path d="M136 330 C124 214 178 146 260 146 C342 146 396 214 384 330 C382 372 374 400 352 410 L168 410 C146 400 138 372 136 330 Z" fill="{colour}"/>"#
        ),
        Hair::Pixie => format!(
            r#"<path d="M140 330 C126 220 180 148 260 148 C340 148 394 220 380 330 C376 356 366 372 356 380 L164 380 C154 372 144 356 140 330 Z" fill="{colour}"/>"#
        ),
        Hair::Receding => format!(
            r#"<path d="M140 352 C120 250 160 196 206 180 L314 180 C360 196 400 250 380 352 C372 366 362 372 352 372 L168 372 C158 372 148 366 140 352 Z" fill="{colour}"/>"#
        ),
        Hair::Curls => format!(
            r#"<path d="M138 322 C118 300 128 268 140 256 C132 224 152 198 174 190 C184 160 220 146 246 154 C276 140 318 150 334 178 C366 188 386 220 378 250 C396 270 398 306 382 322 L352 350 L168 350 Z" fill="{colour}"/>"#
        ),
        Hair::SidePart | Hair::Quiff => format!(
            r#"<path d="M142 330 C128 224 178 156 260 156 C342 156 392 224 378 330 L352 356 L168 356 Z" fill="{colour}"/>"#
        ),
        Hair::Crop => format!(
            r#"<path d="M146 318 C134 222 182 164 260 164 C338 164 386 222 374 318 L352 344 L168 344 Z" fill="{colour}"/>"#
        ),
    }
}

/// What lies on the forehead; `w` is half the width of the face.
pub fn front(hair: &Hair, colour: &str, light: &str, w: f32) -> String {
    let (l, r) = (260.0 - w - 3.0, 260.0 + w + 3.0);
    match hair {
        Hair::SidePart => format!(
            r#"<path d="M{l} 316 C{l} 276 172 262 190 244 C248 262 310 250 338 232 C352 250 {r} 276 {r} 316 C396 238 366 134 262 130 C200 128 160 158 146 200 C134 238 136 284 {l} 316 Z" fill="{colour}"/><path d="M196 226 C240 238 300 228 330 200" fill="none" stroke="{light}" stroke-width="8" stroke-linecap="round"/>"#
        ),
        Hair::Crop => format!(
            r#"<path d="M{l} 312 C{l} 270 166 246 188 236 C220 226 300 226 332 236 C354 246 {r} 270 {r} 312 C390 232 352 150 260 150 C168 150 130 232 {l} 312 Z" fill="{colour}"/><path d="M196 196 C230 178 290 178 320 194" fill="none" stroke="{light}" stroke-width="8" stroke-linecap="round"/>"#
        ),
        Hair::Quiff => format!(
            r#"<path d="M{l} 318 C{l} 282 164 262 174 240 C190 226 214 232 238 222 C280 232 330 214 346 236 C356 262 {r} 282 {r} 318 C388 270 392 226 378 190 C392 140 330 98 262 112 C214 94 150 124 146 190 C130 226 134 276 {l} 318 Z" fill="{colour}"/><path d="M184 190 C214 146 276 140 336 160 M214 204 C246 176 296 172 344 190" fill="none" stroke="{light}" stroke-width="8" stroke-linecap="round"/>"#
        ),
        Hair::Curls => format!(
            r#"<path d="M{l} 316 C150 292 150 272 166 262 C166 244 186 232 202 240 C216 224 240 226 250 240 C266 226 290 228 300 242 C316 230 340 240 344 260 C362 268 {r} 290 {r} 316 C402 300 398 262 384 246 C392 212 368 184 338 176 C322 142 280 134 250 146 C222 134 184 148 172 182 C144 192 130 224 138 250 C124 268 122 300 {l} 316 Z" fill="{colour}"/><path d="M180 214 q14 -26 36 -18 M238 190 q20 -22 42 -8 M304 200 q22 -12 36 10" fill="none" stroke="{light}" stroke-width="8" stroke-linecap="round"/>"#
        ),
        Hair::Receding => format!(
            r#"<path d="M{l} 318 C150 276 158 236 186 206 C200 196 214 194 222 198 C244 186 280 186 300 198 C312 194 322 198 334 206 C362 236 370 276 {r} 318 C398 262 376 180 322 160 C284 146 236 146 198 160 C144 180 122 262 {l} 318 Z" fill="{colour}"/><path d="M206 178 C240 164 284 164 316 178" fill="none" stroke="{light}" stroke-width="7" stroke-linecap="round"/>"#
        ),
        Hair::Bun => format!(
            r#"<path d="M{l} 322 C150 262 190 226 262 218 C330 226 370 262 {r} 322 C400 226 350 150 260 150 C170 150 120 226 {l} 322 Z" fill="{colour}"/><path d="M176 224 C206 190 240 182 262 180 M286 182 C316 188 336 204 348 228" fill="none" stroke="{light}" stroke-width="7" stroke-linecap="round"/>"#
        ),
        Hair::Bob => format!(
            r#"<path d="M{l} 330 C148 300 152 280 164 276 C220 286 300 286 356 276 C368 280 372 300 {r} 330 C406 224 350 136 260 136 C170 136 114 224 {l} 330 Z" fill="{colour}"/><path d="M172 236 C196 192 232 176 268 174" fill="none" stroke="{light}" stroke-width="9" stroke-linecap="round"/>"#
        ),
        Hair::Long => format!(
            r#"<path d="M{l} 340 C150 290 170 232 260 200 C350 232 370 290 {r} 340 C410 226 350 138 260 138 C170 138 110 226 {l} 340 Z" fill="{colour}"/><path d="M166 262 C178 214 208 186 240 174 M352 258 C342 218 318 190 288 176" fill="none" stroke="{light}" stroke-width="7" stroke-linecap="round"/>"#
        ),
        Hair::Ponytail => format!(
            r#"<path d="M{l} 326 C152 272 168 250 196 246 C240 262 300 246 322 214 C346 236 366 270 {r} 326 C404 226 352 144 260 144 C168 144 116 226 {l} 326 Z" fill="{colour}"/><path d="M188 220 C230 232 284 220 312 186" fill="none" stroke="{light}" stroke-width="7" stroke-linecap="round"/>"#
        ),
        Hair::Pixie => format!(
            r#"<path d="M{l} 326 C150 290 158 262 172 250 C196 274 238 268 262 252 C300 266 336 250 348 232 C364 262 370 292 {r} 326 C406 236 362 140 262 140 C168 138 116 234 {l} 326 Z" fill="{colour}"/><path d="M182 220 C212 232 252 222 276 196 M300 214 C318 206 330 194 334 180" fill="none" stroke="{light}" stroke-width="7" stroke-linecap="round"/>"#
        ),
        Hair::Waves => format!(
            r#"<path d="M{l} 340 C136 300 164 280 176 246 C200 240 226 226 232 206 C262 244 330 250 350 262 C372 286 376 308 {r} 340 C414 224 352 134 260 134 C168 134 106 224 {l} 340 Z" fill="{colour}"/><path d="M252 188 C290 222 334 226 362 252 M178 216 C190 194 206 180 224 172" fill="none" stroke="{light}" stroke-width="8" stroke-linecap="round"/>"#
        ),
        Hair::Curtain => format!(
            r#"<path d="M{l} 330 C140 306 176 292 204 268 C232 250 252 226 260 204 C268 226 288 250 316 268 C344 292 380 306 {r} 330 C404 230 356 142 260 142 C164 142 116 230 {l} 330 Z" fill="{colour}"/><path d="M172 248 C204 230 228 204 236 176 M348 248 C316 230 292 204 284 176" fill="none" stroke="{light}" stroke-width="8" stroke-linecap="round"/>"#
        ),
    }
}
