//! Files that were handed in and are not read yet.
//!
//! Files that are handed in together are a batch: its pictures are read one at a time, then its videos. When a payload of
//! it is whole, the rest of the batch may show another one, or nothing new: its pictures, and what is left of the video that
//! is being read, are read while that payload is judged and its verdict is shown, its other videos after that. A payload
//! that was typed is a batch of its own; so is one that is whole and waits.
//!
//! Batches are read in the order in which they were handed in. A batch of which [`IN_VAIN`] pictures showed nothing is
//! interrupted by a newer one: what a person hands in last is what they wait for.

use std::collections::VecDeque;

/// Pictures of a batch that are read without a frame before a newer batch is read first.
pub(crate) const IN_VAIN: usize = 8;

/// The batches that wait, in the order in which they are read.
pub(crate) struct Queue<File> {
    batches: VecDeque<Batch<File>>,
    /// The file that is being read.
    reading: Option<Reading>,
    /// The file on which the worker ended already: its batch, and its place there.
    ended_on: Option<(u32, usize)>,
    /// Numbers batches, so that an answer is counted for the one that was asked about.
    number: u32,
}

struct Batch<File> {
    number: u32,
    handed: Handed<File>,
}

enum Handed<File> {
    Files(Files<File>),
    Whole(Whole),
}

/// What is judged as a whole.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// The payload of a code: typed, or whole before it could be judged.
    Payload(Vec<u8>),
    /// What was pasted or is in a file, whatever it is.
    Received(Vec<u8>),
}

struct Files<File> {
    /// Pictures, then videos.
    files: Vec<File>,
    /// How many of them are pictures.
    pictures: usize,
    /// How many were read.
    read: usize,
    /// Whether a payload of them was whole: what is left is the rest.
    found: bool,
}

impl<File> Files<File> {
    fn is_at_video(&self) -> bool {
        self.read >= self.pictures
    }
}

#[derive(Clone, Copy)]
struct Reading {
    number: u32,
    video: bool,
}

/// What is to be read next; the position counts from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next<File> {
    /// A picture, its position, and the number of pictures in its batch.
    Picture(File, u32, u32),
    /// A video, its position, and the number of videos in its batch.
    Video(File, u32, u32),
    /// No file, and judged at once.
    Whole(Whole),
}

/// What a file that was read leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// Nothing: the last file of its batch was read and no payload was whole, or the batch was dropped meanwhile.
    Nothing,
    /// Further files of its batch.
    More,
    /// Nothing of a batch of which a payload was whole.
    Done,
}

impl<File> Default for Queue<File> {
    fn default() -> Self {
        Self { batches: VecDeque::new(), reading: None, ended_on: None, number: 0 }
    }
}

impl<File: Clone> Queue<File> {
    /// Adds files that were handed in together. They are read before a batch of which [`IN_VAIN`] pictures were read,
    /// if there is `nothing_begun`: no frame of a payload that is not whole.
    pub(crate) fn push_files(&mut self, mut files: Vec<File>, videos: Vec<File>, nothing_begun: bool) {
        let pictures = files.len();
        files.extend(videos);
        if files.is_empty() {
            return;
        }
        let number = self.next_number();
        let handed = Handed::Files(Files { files, pictures, read: 0, found: false });
        let in_vain = |batch: &Batch<File>| match &batch.handed {
            Handed::Files(files) => !files.found && files.read >= IN_VAIN,
            Handed::Whole(_) => false,
        };
        let place = self.batches.iter().position(in_vain).filter(|_| nothing_begun);
        self.batches.insert(place.unwrap_or(self.batches.len()), Batch { number, handed });
    }

    /// Adds a payload that was typed, or what was pasted or is in a file.
    pub(crate) fn push_whole(&mut self, whole: Whole) {
        self.push(Handed::Whole(whole));
    }

    fn push(&mut self, handed: Handed<File>) {
        let number = self.next_number();
        self.batches.push_back(Batch { number, handed });
    }

    fn next_number(&mut self) -> u32 {
        self.number = self.number.wrapping_add(1);
        self.number
    }

    /// The place of the batch of this number, if it consists of files.
    fn place_of(&self, number: u32) -> Option<usize> {
        let files = |batch: &Batch<File>| matches!(batch.handed, Handed::Files(_));
        self.batches.iter().position(|batch| batch.number == number && files(batch))
    }

    fn files_at(&mut self, place: usize) -> Option<&mut Files<File>> {
        match &mut self.batches.get_mut(place)?.handed {
            Handed::Files(files) => Some(files),
            Handed::Whole(_) => None,
        }
    }

    /// The place of the batch of which a payload was whole, and that is not all read.
    fn rest(&self) -> Option<usize> {
        self.batches.iter().position(|batch| matches!(&batch.handed, Handed::Files(files) if files.found))
    }

    /// Whether nothing waits and nothing is being read.
    pub(crate) fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }

    /// Whether anything waits until the verdict is taken away. Pictures, and a video, that are read meanwhile do not.
    pub(crate) fn waits(&self) -> bool {
        let read_now = |batch: &Batch<File>| {
            self.reading.is_some_and(|reading| reading.video && reading.number == batch.number)
        };
        self.batches.iter().any(|batch| match &batch.handed {
            Handed::Whole(_) => true,
            Handed::Files(files) => {
                let read = files.read + usize::from(read_now(batch));
                !files.found || files.files.len() > files.pictures.max(read)
            }
        })
    }

    /// Whether a file is being read: the next one follows its answer.
    pub(crate) fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// The file that is being read.
    pub(crate) fn reading_file(&self) -> Option<File> {
        let batch = self.batches.get(self.place_of(self.reading?.number)?)?;
        match &batch.handed {
            Handed::Files(files) => files.files.get(files.read).cloned(),
            Handed::Whole(_) => None,
        }
    }

    /// Whether a batch is not all read of which a payload was whole.
    pub(crate) fn has_rest(&self) -> bool {
        self.rest().is_some()
    }

    /// Takes what is to be read next; `None` while a file is being read, but for a payload beside the rest of a video. A
    /// file stays until [`Queue::read`] or [`Queue::finish`], a payload is taken out.
    pub(crate) fn next(&mut self) -> Option<Next<File>> {
        if self.reading.is_some() && !self.is_reading_rest_of_video() {
            return None;
        }
        let whole = |batch: &mut Batch<File>| matches!(batch.handed, Handed::Whole(_));
        if let Some(Handed::Whole(whole)) = self.batches.pop_front_if(whole).map(|batch| batch.handed) {
            return Some(Next::Whole(whole));
        }
        if self.reading.is_some() { None } else { self.file_at(0) }
    }

    /// Takes the next picture of the rest, whatever waits before it; `None` while a file is being read.
    pub(crate) fn next_of_rest(&mut self) -> Option<Next<File>> {
        if self.reading.is_some() {
            return None;
        }
        let place = self.rest()?;
        if self.files_at(place)?.is_at_video() { None } else { self.file_at(place) }
    }

    fn file_at(&mut self, place: usize) -> Option<Next<File>> {
        let number = self.batches.get(place)?.number;
        let Files { files, pictures, read, .. } = self.files_at(place)?;
        let (file, pictures, read, all) = (files.get(*read)?.clone(), *pictures, *read, files.len());
        let count = |at: usize, of: usize| (number_of(at + 1), number_of(of));
        let video = read >= pictures;
        self.reading = Some(Reading { number, video });
        Some(if video {
            let (at, of) = count(read - pictures, all - pictures);
            Next::Video(file, at, of)
        } else {
            let (at, of) = count(read, pictures);
            Next::Picture(file, at, of)
        })
    }

    /// The file that was asked about was read, and its batch goes on with the next one.
    pub(crate) fn read(&mut self) -> Left {
        let place = self.reading.take().and_then(|reading| self.place_of(reading.number));
        let Some(place) = place else {
            return Left::Nothing;
        };
        let Some(files) = self.files_at(place) else {
            return Left::Nothing;
        };
        files.read += 1;
        if files.read < files.files.len() {
            return Left::More;
        }
        let found = files.found;
        self.batches.remove(place);
        if found { Left::Done } else { Left::Nothing }
    }

    /// The picture that was asked about is none: it leaves its batch, which is not read from its beginning with it again.
    pub(crate) fn no_picture(&mut self) -> Left {
        let place = self.reading.take().and_then(|reading| self.place_of(reading.number));
        let Some(place) = place else {
            return Left::Nothing;
        };
        let Some(files) = self.files_at(place).filter(|files| files.read < files.files.len()) else {
            return Left::Nothing;
        };
        files.files.remove(files.read);
        files.pictures = files.pictures.saturating_sub(1);
        if files.read < files.files.len() {
            return Left::More;
        }
        let found = files.found;
        self.batches.remove(place);
        if found { Left::Done } else { Left::Nothing }
    }

    /// The file that was asked about was not read: it is asked about again.
    pub(crate) fn not_read(&mut self) {
        self.reading = None;
    }

    /// The file that is being read made a payload whole: what is left of it, and of its batch, is the rest.
    pub(crate) fn found(&mut self) {
        if let Some(reading) = self.reading
            && let Some(place) = self.place_of(reading.number)
            && let Some(files) = self.files_at(place)
        {
            files.found = true;
        }
    }

    /// A payload is whole, and cannot be judged now: it comes before the rest of its batch.
    pub(crate) fn keep(&mut self, payload: Vec<u8>) {
        let number = self.next_number();
        let place = self.rest().unwrap_or_default();
        self.batches.insert(place, Batch { number, handed: Handed::Whole(Whole::Payload(payload)) });
    }

    /// The worker ended, with or without a file that it was reading. Such a file is asked about once more, as it may not be
    /// the reason. Returns true if it ended on that file before: the file is passed over.
    pub(crate) fn ended(&mut self) -> bool {
        let Some(reading) = self.reading else {
            return false;
        };
        let place = self.place_of(reading.number);
        let Some(read) = place.and_then(|place| self.files_at(place)).map(|files| files.read) else {
            self.reading = None;
            return false;
        };
        let place = (reading.number, read);
        if self.ended_on.replace(place) == Some(place) {
            self.read();
            return true;
        }
        self.reading = None;
        false
    }

    /// Drops what is left of the batch that is being read: the person stops it.
    pub(crate) fn finish(&mut self) {
        let video = self.reading.filter(|reading| reading.video);
        // A payload may wait before the rest of a video.
        let place = video.map_or(Some(0), |video| self.place_of(video.number));
        if let Some(place) = place.filter(|place| self.files_at(*place).is_some()) {
            self.batches.remove(place);
        }
        self.reading = self.reading.filter(|reading| !reading.video);
    }

    /// What was read of the first batch does not count any more: it is read from its beginning, but for a rest.
    pub(crate) fn restart(&mut self) {
        let number = self.next_number();
        if let Some(batch) = self.batches.front_mut()
            && let Handed::Files(files) = &mut batch.handed
            && !files.found
        {
            (batch.number, files.read) = (number, 0);
        }
        self.reading = self.reading.filter(|reading| !reading.video || self.is_rest(reading.number));
    }

    /// Whether the batch of this number is the rest.
    fn is_rest(&self, number: u32) -> bool {
        self.rest().and_then(|place| self.batches.get(place)).is_some_and(|batch| batch.number == number)
    }

    /// Whether the video that is being read made a payload whole.
    pub(crate) fn is_reading_rest_of_video(&self) -> bool {
        self.reading.is_some_and(|reading| reading.video && self.is_rest(reading.number))
    }

    /// Drops everything.
    pub(crate) fn clear(&mut self) {
        self.batches.clear();
        self.reading = self.reading.filter(|reading| !reading.video);
    }
}

fn number_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(batches: &[(&[&'static str], &[&'static str])]) -> Queue<&'static str> {
        let mut queue = Queue::default();
        for (pictures, videos) in batches {
            queue.push_files(pictures.to_vec(), videos.to_vec(), true);
        }
        queue
    }

    #[test]
    fn what_is_no_picture_is_not_read_from_the_beginning_again() {
        let mut queue = queue(&[(&["document", "b"], &["v"])]);
        assert_eq!(queue.next(), Some(Next::Picture("document", 1, 2)));
        assert_eq!(queue.no_picture(), Left::More);
        assert_eq!(queue.next(), Some(Next::Picture("b", 1, 1)));
        queue.not_read();
        queue.restart();
        assert_eq!(queue.next(), Some(Next::Picture("b", 1, 1)));
        assert_eq!(queue.no_picture(), Left::More);
        assert_eq!(queue.next(), Some(Next::Video("v", 1, 1)));
        assert_eq!(queue.read(), Left::Nothing);
        assert!(queue.is_empty());
    }

    #[test]
    fn pictures_come_before_videos_and_one_batch_after_the_other() {
        let mut queue = queue(&[(&["a", "b"], &["v", "w"]), (&["c"], &[])]);
        assert_eq!(queue.next(), Some(Next::Picture("a", 1, 2)));
        assert_eq!(queue.next(), None, "one at a time");
        assert_eq!(queue.read(), Left::More);
        assert_eq!(queue.next(), Some(Next::Picture("b", 2, 2)));
        assert_eq!(queue.read(), Left::More);
        assert_eq!(queue.next(), Some(Next::Video("v", 1, 2)));
        assert_eq!(queue.read(), Left::More);
        assert_eq!(queue.next(), Some(Next::Video("w", 2, 2)));
        assert_eq!(queue.read(), Left::Nothing);
        assert_eq!(queue.next(), Some(Next::Picture("c", 1, 1)));
        assert_eq!(queue.read(), Left::Nothing);
        assert!(queue.is_empty());
        assert_eq!(queue.next(), None);
    }

    #[test]
    fn a_newer_batch_is_read_before_what_was_read_in_vain() {
        let many = ["x"; IN_VAIN + 4];
        for (read, nothing_begun, first) in
            [(IN_VAIN - 1, true, "x"), (IN_VAIN, true, "new"), (IN_VAIN, false, "x")]
        {
            let mut queue = queue(&[(&many, &[])]);
            for _ in 0..read {
                queue.next();
                queue.read();
            }
            queue.next();
            queue.push_files(vec!["new"], vec![], nothing_begun);
            assert_eq!(queue.next(), None, "the file that is being read is not given up");
            assert_eq!(queue.read(), Left::More, "it is counted for its own batch");
            assert!(
                matches!(queue.next(), Some(Next::Picture(file, ..)) if file == first),
                "{read} {nothing_begun}"
            );
        }
        let mut queue = queue(&[(&many, &[])]);
        for _ in 0..IN_VAIN {
            queue.next();
            queue.read();
        }
        queue.push_files(vec!["new"], vec![], true);
        queue.push_files(vec!["newest"], vec![], true);
        for (file, left) in [("new", Left::Nothing), ("newest", Left::Nothing)] {
            assert_eq!(queue.next(), Some(Next::Picture(file, 1, 1)), "newer ones keep their order");
            assert_eq!(queue.read(), left);
        }
        let goes_on = number_of(IN_VAIN + 1);
        assert_eq!(queue.next(), Some(Next::Picture("x", goes_on, number_of(many.len()))), "none is lost");
    }

    #[test]
    fn stopping_drops_the_rest_of_a_batch_and_no_other() {
        let mut queue = queue(&[(&["a", "b"], &["v"]), (&["c", "d"], &[])]);
        queue.next();
        queue.finish();
        assert!(queue.is_reading(), "the answer about the picture is still to come");
        assert_eq!(queue.read(), Left::Nothing);
        assert_eq!(
            queue.next(),
            Some(Next::Picture("c", 1, 2)),
            "that answer was not counted for another batch"
        );
        queue.finish();
        queue.not_read();
        assert!(queue.is_empty());
    }

    #[test]
    fn what_a_batch_shows_after_its_first_payload_is_read_and_waits_before_it() {
        let mut queue = queue(&[(&["a", "b", "c"], &[]), (&["d"], &[])]);
        assert_eq!(queue.next_of_rest(), None, "a batch has no rest before its first payload");
        queue.next();
        queue.found();
        assert_eq!(queue.next_of_rest(), None, "one at a time");
        queue.keep(vec![7]);
        queue.keep(vec![8]);
        assert_eq!(queue.read(), Left::More);
        assert_eq!(queue.next_of_rest(), Some(Next::Picture("b", 2, 3)));
        queue.found();
        queue.keep(vec![9]);
        assert_eq!(queue.read(), Left::More);
        assert_eq!(queue.next_of_rest(), Some(Next::Picture("c", 3, 3)));
        assert!(queue.has_rest());
        assert_eq!(queue.read(), Left::Done);
        assert!(!queue.has_rest());
        for payload in [7, 8, 9] {
            assert!(queue.waits());
            assert_eq!(queue.next(), Some(Next::Whole(Whole::Payload(vec![payload]))));
        }
        assert_eq!(queue.next(), Some(Next::Picture("d", 1, 1)));
    }

    #[test]
    fn the_pictures_of_a_rest_are_read_at_once_and_its_videos_wait() {
        let mut queue = queue(&[(&["a", "b"], &["v"])]);
        queue.next();
        queue.found();
        queue.read();
        assert!(queue.waits());
        assert_eq!(queue.next_of_rest(), Some(Next::Picture("b", 2, 2)));
        queue.restart();
        assert_eq!(queue.read(), Left::More, "a rest is not read from its beginning");
        assert_eq!(queue.next_of_rest(), None);
        assert_eq!(queue.next(), Some(Next::Video("v", 1, 1)));
        assert!(!queue.ended());
        assert_eq!(queue.next(), Some(Next::Video("v", 1, 1)));
        queue.found();
        assert!(!queue.waits(), "what is left of it is read beside the verdict");
        assert_eq!(queue.read(), Left::Done);
        assert!(queue.is_empty() && !queue.is_reading());
    }

    #[test]
    fn what_is_left_of_a_video_is_read_after_its_first_payload_and_its_batch_goes_on() {
        let mut queue = queue(&[(&[], &["v", "w"])]);
        queue.next();
        assert!(!queue.is_reading_rest_of_video());
        queue.found();
        assert!(queue.is_reading_rest_of_video());
        assert!(queue.waits(), "for the second video");
        queue.keep(vec![7]);
        queue.restart();
        assert!(queue.is_reading(), "it goes on where it is");
        assert_eq!(queue.next(), Some(Next::Whole(Whole::Payload(vec![7]))));
        assert_eq!(queue.next(), None, "one file at a time");
        assert_eq!(queue.read(), Left::More);
        assert_eq!(queue.next(), Some(Next::Video("w", 2, 2)));
        queue.found();
        queue.keep(vec![8]);
        queue.finish();
        assert!(!queue.is_reading(), "the person stops it");
        assert_eq!(queue.next(), Some(Next::Whole(Whole::Payload(vec![8]))));
        assert!(queue.is_empty());
    }

    #[test]
    fn pictures_that_are_read_beside_a_verdict_do_not_wait() {
        let mut queue = queue(&[(&["a", "b"], &[])]);
        assert!(queue.waits());
        queue.next();
        queue.found();
        assert!(!queue.waits());
        queue.read();
        assert!(!queue.waits());
    }

    #[test]
    fn a_video_that_was_stopped_is_not_answered() {
        let mut queue = queue(&[(&[], &["v", "w"]), (&[], &["x"])]);
        assert_eq!(queue.next(), Some(Next::Video("v", 1, 2)));
        queue.finish();
        assert_eq!(queue.next(), Some(Next::Video("x", 1, 1)));
    }

    #[test]
    fn a_picture_that_came_while_nothing_was_read_is_asked_about_again() {
        let mut queue = queue(&[(&["a"], &[])]);
        queue.next();
        queue.not_read();
        assert_eq!(queue.next(), Some(Next::Picture("a", 1, 1)));
    }

    #[test]
    fn a_file_on_which_the_worker_ends_is_asked_about_twice() {
        let mut queue = queue(&[(&["a", "b"], &[])]);
        assert!(!queue.ended(), "it was reading nothing");
        queue.next();
        assert!(!queue.ended());
        assert_eq!(queue.next(), Some(Next::Picture("a", 1, 2)));
        assert!(queue.ended());
        assert_eq!(queue.next(), Some(Next::Picture("b", 2, 2)));
        assert!(!queue.ended());
        assert_eq!(queue.next(), Some(Next::Picture("b", 2, 2)));
    }

    #[test]
    fn a_batch_that_begins_anew_does_not_count_the_answer_from_before() {
        let mut queue = queue(&[(&["a", "b"], &[])]);
        queue.next();
        queue.read();
        queue.next();
        queue.restart();
        assert_eq!(queue.read(), Left::Nothing);
        assert_eq!(queue.next(), Some(Next::Picture("a", 1, 2)));
    }

    #[test]
    fn a_typed_payload_waits_behind_files_and_is_dropped_with_no_batch() {
        let mut queue = queue(&[(&["a"], &[])]);
        queue.push_whole(Whole::Payload(vec![1, 2]));
        queue.next();
        queue.finish();
        queue.finish();
        queue.read();
        assert_eq!(queue.next(), Some(Next::Whole(Whole::Payload(vec![1, 2]))));
        assert!(queue.is_empty());
    }
}
