//! [`Sieve`]: rules out most of a text at a glance, so that the automaton sees only what begins like a needle.

/// What is hashed of a text at once.
const GRAM: usize = 4;

/// So much of a needle has to be there for the automaton to be asked.
const HEAD: usize = 8;

/// More of the needles' beginnings would make room for more chance hits than it saves steps.
const LONGEST_STEP: usize = 12;

/// Looks at one gram of a text in each step. A step is so short that every needle, wherever it begins, has one of its
/// first grams there.
pub(super) struct Sieve {
    step: usize,
    grams: Bits,
    heads: Bits,
}

impl Sieve {
    /// For needles of at least `shortest` bytes each, which are 8 or more.
    pub(super) fn new<'a>(needles: impl Iterator<Item = &'a [u8]>, shortest: usize) -> Self {
        let step = shortest.clamp(HEAD, LONGEST_STEP + GRAM - 1) + 1 - GRAM;
        let mut sieve = Self { step, grams: Bits::new(), heads: Bits::new() };
        for needle in needles {
            for gram in needle.windows(GRAM).take(step) {
                sieve.grams.set(gram_hash(gram));
            }
            sieve.heads.set(head_hash(needle));
        }
        sieve
    }

    /// The first place from `from` on where a needle may begin and for which `check` has an answer.
    pub(super) fn find<T>(
        &self,
        text: &[u8],
        from: usize,
        mut check: impl FnMut(usize) -> Option<T>,
    ) -> Option<T> {
        let mut next = from;
        let mut probe = from + self.step - 1;
        while let Some(gram) = text.get(probe..probe + GRAM) {
            if self.grams.has(gram_hash(gram)) {
                for start in next..=probe {
                    if text.get(start..).is_some_and(|rest| self.heads.has(head_hash(rest)))
                        && let Some(found) = check(start)
                    {
                        return Some(found);
                    }
                }
            }
            next = probe + 1;
            probe += self.step;
        }
        None
    }
}

/// A set of hashes.
struct Bits(Box<[u64; WORDS]>);

/// 32 KiB: it stays in the processor's nearest cache.
const WORDS: usize = 1 << 12;

impl Bits {
    fn new() -> Self {
        Self(Box::new([0; WORDS]))
    }

    fn set(&mut self, hash: u32) {
        let (word, bit) = place(hash);
        self.0[word] |= bit;
    }

    fn has(&self, hash: u32) -> bool {
        let (word, bit) = place(hash);
        self.0[word] & bit != 0
    }
}

fn place(hash: u32) -> (usize, u64) {
    // The highest bits of a product depend on all bits of what was multiplied.
    let hash = (hash >> 14) as usize;
    ((hash / 64) % WORDS, 1 << (hash % 64))
}

fn gram_hash(gram: &[u8]) -> u32 {
    gram.first_chunk().map_or(0, |gram| u32::from_le_bytes(*gram).wrapping_mul(0x9e37_79b1))
}

/// Of what is too short for a head, any number will do: no needle is there.
fn head_hash(text: &[u8]) -> u32 {
    let hash =
        text.first_chunk().map_or(0, |head| u64::from_le_bytes(*head).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (hash >> 32) as u32
}
