//! What is measured of good photos, of people of every colour, and of each fault.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use liangzheng_photo::{Check, Cut, Outcome, Picture, PreflightCode, Report, measure};
use support::{DEMO, Image, Person, STYLES, demo, faults, outcome, told};

#[test]
fn the_demo_portraits_have_no_fault() {
    for name in DEMO {
        let report = demo(name).report();
        println!("{name:10} {}", told(&report));
        assert_eq!(faults(&report), [], "{name}: {}", told(&report));
        for check in [Check::Person, Check::Upright, Check::Light, Check::Ground, Check::HeadCentre] {
            assert_eq!(outcome(&report, check).0, Outcome::Pass, "{name}: {}", told(&report));
        }
    }
}

#[test]
fn a_head_in_the_box_passes_every_check() {
    let report = Person::default().draw().report();
    assert!(report.findings().iter().all(|finding| finding.outcome == Outcome::Pass), "{}", told(&report));
    assert_eq!(report.findings().len(), Check::ALL.len());
    assert_eq!(report.first(), None);
}

#[test]
fn nobody_is_failed_for_skin_hair_or_headscarf() {
    let skins =
        [[45, 30, 24], [94, 60, 44], [160, 112, 84], [224, 176, 140], [244, 214, 192], [250, 236, 226]];
    let hairs = [
        [16, 14, 14],
        [60, 40, 30],
        [140, 60, 30],
        [214, 180, 110],
        [128, 128, 130],
        [200, 200, 198],
        [238, 238, 236],
        [252, 252, 252],
        [40, 110, 90],
        [200, 40, 60],
    ];
    for style in STYLES {
        for skin in skins {
            for hair in hairs {
                let person = Person { skin, hair, style, ..Person::default() };
                let report = person.draw_by(2).report();
                assert_eq!(faults(&report), [], "{style:?} {skin:?} {hair:?}: {}", told(&report));
            }
        }
    }
}

#[test]
fn clothes_as_white_as_the_ground_are_no_fault() {
    for style in STYLES {
        let person = Person { clothes: [250, 250, 248], style, ..Person::default() };
        let report = person.draw().report();
        assert_eq!(faults(&report), [], "{style:?}: {}", told(&report));
    }
}

#[test]
fn a_dark_face_is_measured_as_a_light_one_is() {
    let of = |skin| Person { skin, ..Person::default() }.draw().report();
    let (dark, light) = (of([45, 30, 24]), of([244, 214, 192]));
    for check in Check::ALL {
        assert_eq!(outcome(&dark, check), outcome(&light, check), "{check:?}");
    }
    assert_eq!(dark.finding(Check::HeadSize), light.finding(Check::HeadSize));
}

/// Each fault made on purpose: the check that must find it, and the code.
#[test]
fn each_fault_is_found() {
    use PreflightCode as Code;
    let white = [252, 252, 252];
    let good = Person::default();
    let on = |ground| Person { ground, ..good }.draw();
    let drawn = good.draw();
    let cases: Vec<(&str, Image, Check, Code)> = vec![
        ("dark", drawn.lit(35), Check::Light, Code::Dark),
        ("bright", drawn.lit(185), Check::Light, Code::BlownOut),
        ("blue ground", on([67, 142, 219]), Check::Ground, Code::GroundColoured),
        ("red ground", on([200, 30, 40]), Check::Ground, Code::GroundColoured),
        ("cream ground", on([240, 214, 160]), Check::Ground, Code::GroundColoured),
        ("grey ground", on([128, 128, 128]), Check::Ground, Code::GroundDark),
        ("too small", drawn.scaled(0.5, white), Check::HeadSize, Code::HeadSmall),
        ("too large", drawn.scaled(1.8, white), Check::HeadSize, Code::HeadLarge),
        ("left", drawn.shifted(-90.0, 0.0, white), Check::HeadCentre, Code::HeadLeft),
        ("right", drawn.shifted(90.0, 0.0, white), Check::HeadCentre, Code::HeadRight),
        ("cut off", drawn.shifted(0.0, -90.0, white), Check::HeadTop, Code::HeadCut),
        ("low", drawn.shifted(0.0, 180.0, white), Check::HeadTop, Code::HeadLow),
        ("sideways", drawn.on_its_side(), Check::Upright, Code::Turned),
        ("upside down", drawn.upside_down(), Check::Upright, Code::Turned),
        ("blurred", drawn.blurred(5), Check::Sharpness, Code::Blurred),
        ("nobody", Image::filled(520, 756, white), Check::Person, Code::Nobody),
        ("fog", drawn.changed(|cell| cell.map(|v| 200 + v / 8)), Check::Contrast, Code::Flat),
    ];
    for (name, image, check, code) in &cases {
        let report = image.report();
        println!("{name:12} {}", told(&report));
        assert_eq!(outcome(&report, *check), (Outcome::Fail, Some(*code)), "{name}: {}", told(&report));
    }
}

#[test]
fn every_style_is_found_too_small_and_too_large() {
    for style in STYLES {
        let drawn = Person { style, ..Person::default() }.draw();
        let small = drawn.scaled(0.42, [252; 3]).report();
        assert!(faults(&small).contains(&PreflightCode::HeadSmall), "{style:?} {}", told(&small));
        // Hair and scarf may leave no ground to see it against: then that is the fault.
        let large = drawn.scaled(1.6, [252; 3]).report();
        assert!(large.first().is_some(), "{style:?} {}", told(&large));
    }
}

#[test]
fn blur_is_found_in_every_demo_portrait_and_under_noise_and_sharpness_is_not_doubted() {
    for name in DEMO {
        let sharp = demo(name);
        for image in [sharp.noisy(6), sharp.blurred(1)] {
            let report = image.report();
            assert_ne!(outcome(&report, Check::Sharpness).0, Outcome::Fail, "{name} {}", told(&report));
        }
        for image in [sharp.blurred(6), sharp.blurred(6).noisy(4)] {
            let report = image.report();
            assert_eq!(
                outcome(&report, Check::Sharpness),
                (Outcome::Fail, Some(PreflightCode::Blurred)),
                "{name} {}",
                told(&report)
            );
        }
    }
}

#[test]
fn a_real_wall_is_white_enough_and_a_shadow_on_it_is_not_blamed_on_the_person() {
    for wall in [[236, 234, 228], [222, 220, 214], [210, 212, 216]] {
        let report = Person { ground: wall, ..Person::default() }.draw().noisy(5).report();
        assert_eq!(faults(&report), [], "{wall:?} {}", told(&report));
        assert_eq!(outcome(&report, Check::Ground).0, Outcome::Pass, "{wall:?} {}", told(&report));
    }
    // A soft shadow down one side.
    let mut image = Person::default().draw();
    for y in 0..image.height {
        for x in 430..image.width {
            let at = y * image.width + x;
            image.cells[at] = image.cells[at].map(|value| (u32::from(value) * 82 / 100) as u8);
        }
    }
    let report = image.report();
    assert_ne!(outcome(&report, Check::Ground).0, Outcome::Fail, "{}", told(&report));
}

#[test]
fn where_there_is_no_even_ground_the_head_is_not_judged() {
    let mut image = Person::default().draw();
    for (at, cell) in image.cells.iter_mut().enumerate() {
        if *cell == [252; 3] {
            let (x, y) = (at % 520, at / 520);
            *cell = if (x / 40 + y / 40) % 2 == 0 { [250, 250, 250] } else { [60, 90, 60] };
        }
    }
    let report = image.report();
    for check in [Check::Person, Check::Upright, Check::HeadSize, Check::HeadTop, Check::HeadCentre] {
        assert_eq!(
            outcome(&report, check),
            (Outcome::Unclear, Some(PreflightCode::OutlineUnclear)),
            "{}",
            told(&report)
        );
    }
    let uneven = (Outcome::Fail, Some(PreflightCode::GroundUneven));
    assert_eq!(outcome(&report, Check::Ground), uneven, "{}", told(&report));
}

#[test]
fn what_cannot_be_told_is_no_fault() {
    use PreflightCode as Code;
    let white = [252, 252, 252];
    let drawn = Person::default().draw();
    // A white spot on the face.
    let mut glare = drawn.clone();
    for y in 300..345 {
        glare.cells[y * 520 + 190..y * 520 + 330].fill([255; 3]);
    }
    let cases = [
        (drawn.lit(50), Check::Light, Code::Dim),
        (glare, Check::Light, Code::Glare),
        (drawn.shifted(-90.0, 0.0, white), Check::Ground, Code::GroundUnclear),
        (drawn.scaled(0.75, white), Check::HeadSize, Code::HeadSizeUnclear),
        (drawn.shifted(0.0, 80.0, white), Check::HeadTop, Code::HeadTopUnclear),
        (drawn.shifted(48.0, 0.0, white), Check::HeadCentre, Code::HeadCentreUnclear),
        (Image::filled(520, 756, white), Check::Sharpness, Code::Soft),
        (drawn.lit(35), Check::Contrast, Code::Pale),
    ];
    for (image, check, code) in cases {
        let report = image.report();
        assert_eq!(outcome(&report, check), (Outcome::Unclear, Some(code)), "{}", told(&report));
    }
    let rgba = [200, 200, 200, 255].repeat(520 * 756);
    let picture = Picture::new(&rgba, 520, 756).unwrap();
    let weight = |bytes| outcome(&measure(&picture, None, bytes), Check::Weight);
    assert_eq!(weight(Some(5_000)), (Outcome::Unclear, Some(Code::Light)));
    assert_eq!(weight(None), (Outcome::Unclear, Some(Code::NotMeasured)));
}

#[test]
fn the_pixels_are_those_of_the_source() {
    let rgba = [200, 200, 200, 255].repeat(520 * 756);
    let picture = Picture::new(&rgba, 520, 756).unwrap();
    let of = |width, height| measure(&picture, Some(Cut { width, height }), None);
    assert_eq!(outcome(&of(399, 580), Check::Size), (Outcome::Fail, Some(PreflightCode::Narrow)));
    assert_eq!(outcome(&of(495, 720), Check::Size), (Outcome::Unclear, Some(PreflightCode::Narrow)));
    assert_eq!(outcome(&of(519, 755), Check::Size), (Outcome::Unclear, Some(PreflightCode::Narrow)));
    assert_eq!(outcome(&of(520, 756), Check::Size).0, Outcome::Pass);
    let report = measure(&picture, None, Some(200_000));
    assert_eq!(report.finding(Check::Size).unwrap().value, Some(520));
    assert_eq!(outcome(&report, Check::Weight), (Outcome::Fail, Some(PreflightCode::Heavy)));
    assert_eq!(outcome(&report, Check::Ratio).0, Outcome::Pass);
    let square = Picture::new(&[0; 64 * 64 * 4], 64, 64).unwrap();
    assert_eq!(
        outcome(&measure(&square, None, None), Check::Ratio),
        (Outcome::Fail, Some(PreflightCode::Ratio))
    );
}

#[test]
fn a_report_is_stored_and_another_form_is_not_read() {
    let report = Person::default().draw().lit(35).report();
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
    assert!(text.len() < 1_500, "{} bytes", text.len());
    println!("{text}");
    let read = |text: &str| serde_json::from_str::<Report>(text).is_ok();
    assert!(read(r#"{"version":1,"findings":[]}"#));
    assert!(!read(r#"{"version":2,"findings":[]}"#));
    let twice = r#"{"check":"size","outcome":"pass","value":1}"#;
    assert!(read(&format!(r#"{{"version":1,"findings":[{twice}]}}"#)));
    assert!(!read(&format!(r#"{{"version":1,"findings":[{twice},{twice}]}}"#)));
    assert!(!read(r#"{"version":1,"findings":[{"check":"size","outcome":"fail","value":1}]}"#));
    assert!(!read(r#"{"version":1,"findings":[{"check":"size","outcome":"pass","code":"narrow"}]}"#));
    assert!(!read(r#"{"version":1,"findings":[],"more":1}"#));
}

#[test]
fn any_pixels_give_a_report() {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 24
    };
    for (width, height) in [(32, 32), (33, 2_048), (2_048, 33), (260, 378)] {
        let rgba: Vec<u8> = (0..width * height * 4).map(|_| u8::try_from(next()).unwrap()).collect();
        let report = measure(&Picture::new(&rgba, width, height).unwrap(), None, Some(usize::MAX));
        assert_eq!(report.findings().len(), Check::ALL.len());
    }
    let black = Image::filled(520, 756, [0; 3]).report();
    assert_eq!(outcome(&black, Check::Light), (Outcome::Fail, Some(PreflightCode::Dark)));
}
