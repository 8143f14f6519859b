//! One sort for all that is sorted here: each further one would make the module larger.

/// Indices in the order of their keys, the smallest first; those with the same key stay as they are.
pub(crate) fn order(keys: impl Iterator<Item = f32>) -> Vec<usize> {
    let mut all: Vec<(f32, usize)> = keys.zip(0..).collect();
    all.sort_unstable_by(|one, two| one.0.total_cmp(&two.0).then(one.1.cmp(&two.1)));
    all.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_stay_in_their_order() {
        assert_eq!(order([2.0, -1.0, 2.0, 0.5, -1.0].into_iter()), [1, 4, 3, 0, 2]);
        assert!(order(std::iter::empty()).is_empty());
    }
}
