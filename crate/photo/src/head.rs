//! The outline of a person before an even ground, and the head in it.

use crate::ground::Ground;
use crate::picture::{Grid, HEIGHT, Picture, WIDTH, percent};

/// Columns of the outline.
const ACROSS: usize = WIDTH / 2;
/// Rows of the outline.
const DOWN: usize = HEIGHT / 2;

/// What is before the ground: its largest connected part.
pub(crate) struct Figure {
    /// The first and the last cell of each row that it has a part in.
    rows: Vec<Option<(usize, usize)>>,
    /// Its part of the picture in percent.
    pub(crate) share: i32,
    /// Its part of each edge in percent: top, right, bottom, left.
    pub(crate) edges: [i32; 4],
    /// Cells of other parts in the middle, where a face is: of a face that has the colour of the ground its eyes are left.
    scattered: usize,
}

impl Figure {
    /// Returns the largest part of the picture that does not have the colour of the ground.
    pub(crate) fn of(picture: &Picture, ground: &Ground) -> Self {
        let mut open = Grid::new(ACROSS, DOWN, false);
        for y in 0..DOWN {
            for x in 0..ACROSS {
                let four = [(0, 0), (1, 0), (0, 1), (1, 1)];
                let cells = four.iter().filter_map(|(dx, dy)| picture.sample.at(2 * x + dx, 2 * y + dy));
                open.put(x, y, cells.filter(|cell| ground.is(*cell)).count() >= 2);
            }
        }
        let (figure, scattered) = figure(&open);
        let share = percent(figure.cells.iter().filter(|cell| **cell).count(), figure.cells.len());
        let column = |at: usize| percent((0..DOWN).filter(|y| figure.at(at, *y) == Some(true)).count(), DOWN);
        let row =
            |at: usize| percent((0..ACROSS).filter(|x| figure.at(*x, at) == Some(true)).count(), ACROSS);
        let edges = [row(0), column(ACROSS - 1), row(DOWN - 1), column(0)];
        let extent = |row: &[bool]| {
            let first = row.iter().position(|cell| *cell)?;
            Some((first, row.iter().rposition(|cell| *cell)?))
        };
        Self { rows: figure.rows().map(extent).collect(), share, edges, scattered }
    }

    /// Whether it reaches a side edge or the top, as of somebody who lies or stands on the head, and less the bottom.
    pub(crate) fn is_upright(&self) -> bool {
        let [top, right, bottom, left] = self.edges;
        let lies = left.abs_diff(right) >= 30 && bottom <= 25 && top <= 25;
        let on_its_head = top >= 50 && bottom < 30;
        !lies && !on_its_head
    }

    /// Whether it is in one piece, so that its outline is that of a person.
    pub(crate) fn is_whole(&self) -> bool {
        self.scattered < 40
    }

    fn extent(&self, y: usize) -> Option<(usize, usize)> {
        self.rows.get(y).copied().flatten()
    }

    fn width(&self, y: usize) -> usize {
        self.extent(y).map_or(0, |(first, last)| last - first + 1)
    }
}

/// Cells at the sides from which the ground is entered: above the shoulders.
fn sides() -> impl Iterator<Item = (usize, usize)> {
    (0..DOWN * 7 / 10).flat_map(|y| [(0, y), (ACROSS - 1, y)])
}

/// What a cell belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Nothing yet.
    New,
    /// The ground.
    Ground,
    /// A connected part before the ground, by its number.
    Before(usize),
}

/// The largest connected part that is left when the ground is taken away, which is what is `open` and reaches the upper
/// edges; and how many cells of other parts are in the middle.
fn figure(open: &Grid<bool>) -> (Grid<bool>, usize) {
    let mut parts = Grid::new(open.width, open.height(), Part::New);
    let ground = (0..ACROSS).map(|x| (x, 0)).chain(sides());
    fill(&mut parts, ground, Part::Ground, |x, y| open.at(x, y) == Some(true));
    let (mut largest, mut most) = (0, 0);
    for y in 0..open.height() {
        for x in 0..open.width {
            let number = y * open.width + x;
            let count = fill(&mut parts, std::iter::once((x, y)), Part::Before(number), |_, _| true);
            if count > most {
                (largest, most) = (number, count);
            }
        }
    }
    let other = |part: &Part| matches!(part, Part::Before(number) if *number != largest);
    let middle = parts.rows().take(DOWN * 3 / 4).flat_map(|row| row.iter().skip(ACROSS / 4).take(ACROSS / 2));
    let scattered = middle.filter(|part| other(part)).count();
    (parts.map(|part| part == Part::Before(largest)), scattered)
}

/// Marks the new cells that can be reached from some cells through cells that `may` be entered. Returns how many.
fn fill(
    parts: &mut Grid<Part>,
    from: impl Iterator<Item = (usize, usize)>,
    mark: Part,
    may: impl Fn(usize, usize) -> bool,
) -> usize {
    let mut next: Vec<(usize, usize)> = from.collect();
    let mut count = 0;
    // A cell is marked once, and adds four at most, so this ends.
    while let Some((x, y)) = next.pop() {
        if parts.at(x, y) != Some(Part::New) || !may(x, y) {
            continue;
        }
        parts.put(x, y, mark);
        count += 1;
        next.extend([(x + 1, y), (x, y + 1), (x.wrapping_sub(1), y), (x, y.wrapping_sub(1))]);
    }
    count
}

/// The head of a figure, in pixels of the sample.
pub(crate) struct Head {
    /// The row of its crown.
    pub(crate) top: usize,
    /// Whether it goes on above the picture.
    pub(crate) cut: bool,
    /// Its width at the ears, with its hair.
    pub(crate) width: usize,
    /// Whether it reaches both sides of the picture there.
    pub(crate) wide: bool,
    /// Crown to chin, where an outline of a neck is seen.
    pub(crate) to_chin: Option<usize>,
    /// Twice the column of its middle.
    middle: usize,
}

impl Head {
    /// Returns the head of a figure, or `None` if the figure begins with nothing like one.
    pub(crate) fn of(figure: &Figure) -> Option<Self> {
        let top = (0..DOWN).find(|y| figure.width(*y) >= 5)?;
        // The ears are where a head is as wide as this part of its height.
        let mut width = 0;
        let ears = (top..DOWN).find(|y| {
            width = width.max(figure.width(*y));
            (y - top) * 10 >= width * 6
        })?;
        if width < 10 {
            return None;
        }
        let rows = top + (ears - top) / 4..=ears;
        let (mut middle, mut count) = (0, 0);
        for (first, last) in rows.filter_map(|y| figure.extent(y)) {
            middle += first + last + 1;
            count += 1;
        }
        Some(Self {
            top: 2 * top,
            cut: top == 0 && figure.width(0) >= 8,
            width: 2 * width,
            wide: figure.width(ears) * 100 >= ACROSS * 97,
            to_chin: chin(figure, top, ears, width).map(|chin| 2 * (chin - top)),
            middle: 2 * middle / count.max(1),
        })
    }

    /// The column of its middle.
    pub(crate) fn middle(&self) -> usize {
        self.middle / 2
    }

    /// How far its middle is from the middle of the picture: right of it positive.
    pub(crate) fn off(&self) -> i32 {
        let middle = i32::try_from(self.middle).unwrap_or(0);
        (middle - i32::try_from(WIDTH).unwrap_or(0)) / 2
    }

    /// Crown to chin, or what the width says of it.
    pub(crate) fn height(&self) -> usize {
        self.to_chin.unwrap_or(self.width * 136 / 100)
    }
}

/// The row of the chin: a little below where the neck begins. A neck is clearly narrower than the head, and shoulders are
/// wider below it.
fn chin(figure: &Figure, top: usize, ears: usize, width: usize) -> Option<usize> {
    let rows = ears..(ears + width * 11 / 10).min(DOWN);
    let neck = rows.clone().map(|y| figure.width(y)).min()?;
    let begins = rows.clone().find(|y| figure.width(*y) <= neck + width / 12)?;
    let shoulders = (begins..DOWN).any(|y| figure.width(y) * 10 >= width * 12);
    let narrow = neck * 100 <= width * 72 && neck > 0;
    (narrow && shoulders && begins > top).then_some(begins + width * 13 / 100)
}
