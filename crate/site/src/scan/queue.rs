//! Files that were handed in and are not read yet.
//!
//! Files that are handed in together are a batch: its pictures are read one at a time, then its videos, until a payload
//! is whole. What is left of that batch is dropped then; a batch that was handed in later keeps its place. A payload
//! that was typed is a batch of its own.

use std::collections::VecDeque;

/// The batches that wait, oldest first.
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
    /// Pictures, then videos; `pictures` of them are pictures, and `read` were read.
    Files {
        files: Vec<File>,
        pictures: usize,
        read: usize,
    },
    Payload(Vec<u8>),
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
    /// A payload that was typed.
    Payload(Vec<u8>),
}

/// What a file that was read leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nothing: the last file of its batch was read, or the batch was dropped meanwhile.
    Nothing,
    /// Further files of its batch.
    More,
}

impl<File> Default for Queue<File> {
    fn default() -> Self {
        Self { batches: VecDeque::new(), reading: None, ended_on: None, number: 0 }
    }
}

impl<File: Clone> Queue<File> {
    /// Adds files that were handed in together.
    pub(crate) fn push_files(&mut self, mut pictures: Vec<File>, videos: Vec<File>) {
        let count = pictures.len();
        pictures.extend(videos);
        if !pictures.is_empty() {
            self.push(Handed::Files { files: pictures, pictures: count, read: 0 });
        }
    }

    /// Adds a payload that was typed.
    pub(crate) fn push_payload(&mut self, payload: Vec<u8>) {
        self.push(Handed::Payload(payload));
    }

    /// A payload is whole, and cannot be judged now: it is what comes next, in the place of its batch.
    pub(crate) fn keep(&mut self, payload: Vec<u8>) {
        self.finish();
        let number = self.next_number();
        self.batches.push_front(Batch { number, handed: Handed::Payload(payload) });
    }

    fn push(&mut self, handed: Handed<File>) {
        let number = self.next_number();
        self.batches.push_back(Batch { number, handed });
    }

    fn next_number(&mut self) -> u32 {
        self.number = self.number.wrapping_add(1);
        self.number
    }

    /// Whether nothing waits and nothing is being read.
    pub(crate) fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }

    /// Whether a file is being read: the next one follows its answer.
    pub(crate) fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// Takes what is to be read next; `None` while a file is being read. A file stays until [`Queue::read`] or
    /// [`Queue::finish`], a payload is taken out.
    pub(crate) fn next(&mut self) -> Option<Next<File>> {
        if self.reading.is_some() {
            return None;
        }
        if let Some(Handed::Payload(payload)) = self.batches.front_mut().map(|batch| &mut batch.handed) {
            let payload = std::mem::take(payload);
            self.batches.pop_front();
            return Some(Next::Payload(payload));
        }
        let batch = self.batches.front()?;
        let Handed::Files { files, pictures, read } = &batch.handed else {
            return None;
        };
        let file = files.get(*read)?.clone();
        let place = |at: usize, of: usize| (number_of(at + 1), number_of(of));
        let video = read >= pictures;
        self.reading = Some(Reading { number: batch.number, video });
        Some(if video {
            let (at, of) = place(read - pictures, files.len() - pictures);
            Next::Video(file, at, of)
        } else {
            let (at, of) = place(*read, *pictures);
            Next::Picture(file, at, of)
        })
    }

    /// The file that was asked about was read, and its batch goes on with the next one.
    pub(crate) fn read(&mut self) -> Rest {
        let Some(reading) = self.reading.take() else {
            return Rest::Nothing;
        };
        let front = self.batches.front_mut().filter(|batch| batch.number == reading.number);
        let Some(Handed::Files { files, read, .. }) = front.map(|batch| &mut batch.handed) else {
            return Rest::Nothing;
        };
        *read += 1;
        if *read < files.len() {
            return Rest::More;
        }
        self.batches.pop_front();
        Rest::Nothing
    }

    /// The file that was asked about was not read: it is asked about again.
    pub(crate) fn not_read(&mut self) {
        self.reading = None;
    }

    /// The worker ended, with or without a file that it was reading. Such a file is asked about once more, as it may not be
    /// the reason; true when it ended on that file before, and the file is passed over.
    pub(crate) fn ended(&mut self) -> bool {
        let Some(reading) = self.reading else {
            return false;
        };
        let front = self.batches.front().filter(|batch| batch.number == reading.number);
        let Some(Handed::Files { read, .. }) = front.map(|batch| &batch.handed) else {
            self.reading = None;
            return false;
        };
        let place = (reading.number, *read);
        if self.ended_on.replace(place) == Some(place) {
            self.read();
            return true;
        }
        self.reading = None;
        false
    }

    /// A payload is whole: the rest of the batch that is being read is dropped.
    pub(crate) fn finish(&mut self) {
        if matches!(self.batches.front().map(|batch| &batch.handed), Some(Handed::Files { .. })) {
            self.batches.pop_front();
        }
        // The worker still answers for a picture, but not for a video.
        self.reading = self.reading.filter(|reading| !reading.video);
    }

    /// What was read of the first batch does not count any more: it is read from its beginning.
    pub(crate) fn restart(&mut self) {
        let number = self.next_number();
        if let Some(batch) = self.batches.front_mut()
            && let Handed::Files { read, .. } = &mut batch.handed
        {
            (batch.number, *read) = (number, 0);
        }
        self.reading = self.reading.filter(|reading| !reading.video);
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
            queue.push_files(pictures.to_vec(), videos.to_vec());
        }
        queue
    }

    #[test]
    fn pictures_come_before_videos_and_one_batch_after_the_other() {
        let mut queue = queue(&[(&["a", "b"], &["v", "w"]), (&["c"], &[])]);
        assert_eq!(queue.next(), Some(Next::Picture("a", 1, 2)));
        assert_eq!(queue.next(), None, "one at a time");
        assert_eq!(queue.read(), Rest::More);
        assert_eq!(queue.next(), Some(Next::Picture("b", 2, 2)));
        assert_eq!(queue.read(), Rest::More);
        assert_eq!(queue.next(), Some(Next::Video("v", 1, 2)));
        assert_eq!(queue.read(), Rest::More);
        assert_eq!(queue.next(), Some(Next::Video("w", 2, 2)));
        assert_eq!(queue.read(), Rest::Nothing);
        assert_eq!(queue.next(), Some(Next::Picture("c", 1, 1)));
        assert_eq!(queue.read(), Rest::Nothing);
        assert!(queue.is_empty());
        assert_eq!(queue.next(), None);
    }

    #[test]
    fn a_whole_payload_drops_the_rest_of_its_batch_and_no_other() {
        let mut queue = queue(&[(&["a", "b"], &["v"]), (&["c", "d"], &[])]);
        queue.next();
        queue.finish();
        assert!(queue.is_reading(), "the answer about the picture is still to come");
        assert_eq!(queue.read(), Rest::Nothing);
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
    fn a_payload_that_cannot_be_judged_yet_keeps_the_place_of_its_batch() {
        let mut queue = queue(&[(&["a", "b"], &[]), (&["c"], &[])]);
        queue.next();
        queue.keep(vec![7]);
        assert_eq!(queue.read(), Rest::Nothing);
        assert_eq!(queue.next(), Some(Next::Payload(vec![7])));
        assert_eq!(queue.next(), Some(Next::Picture("c", 1, 1)));
    }

    #[test]
    fn nobody_answers_about_a_video_that_made_a_payload_whole() {
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
        assert_eq!(queue.read(), Rest::Nothing);
        assert_eq!(queue.next(), Some(Next::Picture("a", 1, 2)));
    }

    #[test]
    fn a_typed_payload_waits_behind_files_and_is_dropped_with_no_batch() {
        let mut queue = queue(&[(&["a"], &[])]);
        queue.push_payload(vec![1, 2]);
        queue.next();
        queue.finish();
        queue.finish();
        queue.read();
        assert_eq!(queue.next(), Some(Next::Payload(vec![1, 2])));
        assert!(queue.is_empty());
    }
}
