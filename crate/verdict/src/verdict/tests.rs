use super::*;

#[test]
fn the_colour_table() {
    use CheckState::{Fail, NotAsked, Pass, Undetermined};
    let table = [
        ([Pass, Pass, Pass, Pass, Pass], Colour::Green),
        ([Pass, Pass, Pass, NotAsked, Pass], Colour::Green),
        ([Pass, Pass, Pass, Undetermined, Pass], Colour::Amber),
        ([Pass, Pass, Pass, NotAsked, Undetermined], Colour::Amber),
        ([Pass, Undetermined, NotAsked, NotAsked, NotAsked], Colour::Amber),
        ([Undetermined, NotAsked, NotAsked, NotAsked, NotAsked], Colour::Amber),
        ([Fail, NotAsked, NotAsked, NotAsked, NotAsked], Colour::Red),
        ([Pass, Fail, Pass, NotAsked, NotAsked], Colour::Red),
        ([Pass, Pass, Pass, Fail, Undetermined], Colour::Red),
        ([Pass, Pass, Pass, Undetermined, Fail], Colour::Red),
        ([NotAsked, NotAsked, NotAsked, NotAsked, NotAsked], Colour::Amber),
    ];
    for (states, colour) in table {
        assert_eq!(Colour::of(states), colour, "{states:?}");
    }
}

#[test]
fn green_is_only_without_any_doubt() {
    use CheckState::{Fail, NotAsked, Pass, Undetermined};
    let all = [Pass, Fail, Undetermined, NotAsked];
    for number in 0..4usize.pow(5) {
        let states: Vec<CheckState> = (0..5).map(|place| all[number / 4usize.pow(place) % 4]).collect();
        let sound = states.contains(&Pass) && states.iter().all(|state| matches!(state, Pass | NotAsked));
        assert_eq!(Colour::of(states.iter().copied()) == Colour::Green, sound, "{states:?}");
    }
}
