//! A symbol whose place is guessed to its bytes.

use super::examination::Found;
use super::geometry;
use super::grid::Guess;
use super::modules::Plane;
use super::picture::Picture;
use crate::qr::codewords::decode;

/// Reads a symbol, with ever more patience.
pub(crate) fn read(picture: &Picture<'_>, guess: Guess) -> Option<Found> {
    let (layout, grid) = guess.locate(picture)?;
    let levelled = Plane::sample(picture, &layout, &grid)?.levelled();
    let first = levelled.equalised(&layout.known())?;
    let bytes = decode(&layout, &first)
        .or_else(|| decode(&layout, &levelled.equalised_again(&first)?))
        .or_else(|| decode(&layout, &first.centred(&layout)))
        // The next frame shines through.
        .or_else(|| decode(&layout, &levelled.negative().centred(&layout)))?;
    let side = layout.side as f32;
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
    let corners = corners.map(|(u, v)| picture.in_original(grid.at(u, v)));
    Some(Found {
        bytes,
        corners: corners.map(|point| (point.x, point.y)),
        version: layout.version.number(),
        module: geometry::mean_side(&corners) / side,
        finders: [(3.5, 3.5), (side - 3.5, 3.5), (3.5, side - 3.5)]
            .map(|(u, v)| picture.in_original(grid.at(u, v))),
    })
}
