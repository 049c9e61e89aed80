//! A model small enough to be made up in a test: its weights say nothing, its form is the real one's.

const MAGIC: &[u8; 8] = b"SAYSWHO\0";
const HIDDEN: usize = 64;
const INNER: usize = 48;
const LAYERS: usize = 2;
const POSITIONS: usize = 64;
const GROUP: usize = 32;

/// The bytes of the model file.
pub fn file() -> Vec<u8> {
    let mut words: Vec<String> =
        ["[PAD]", "[UNK]", "[START]", "[CONT]", "[SENT]", "[PARA]", "[END]"].map(String::from).into();
    words.extend(('a'..='z').flat_map(|c| [c.to_string(), format!("##{c}")]));
    words.extend(["the", "said", "wall", "##er", "\"", "'", ".", ",", "!", "council"].map(String::from));
    let vocabulary: String = words.iter().map(|word| format!("{word}\n")).collect();
    // Capitals become small letters, curly quotation marks straight ones.
    let mut map: Vec<(u32, &str)> =
        ('A'..='Z').map(|c| c as u32).zip("a b c d e f g h i j k l m n o p q r s t u v w x y z".split(' ')).collect();
    map.extend([(0x2019, "'"), (0x201C, "\""), (0x201D, "\""), (0x2026, "...")]);
    let mut text = String::new();
    let mut entries = Vec::new();
    for (from, to) in &map {
        for number in [*from as usize, text.len(), to.len()] {
            entries.extend((number as u32).to_le_bytes());
        }
        text += to;
    }
    // (first, last, class): spaces, what is dropped, what stands alone.
    let classes: [(u32, u32, u32); 9] = [
        (0, 8, 2),
        (9, 13, 1),
        (32, 32, 1),
        (33, 47, 3),
        (58, 64, 3),
        (0x85, 0x85, 1),
        (0xAD, 0xAD, 2),
        (0x300, 0x36F, 2),
        (0x200B, 0x200F, 2),
    ];
    let ranges: Vec<u8> = classes.iter().flat_map(|&(a, b, c)| [a, b, c]).flat_map(u32::to_le_bytes).collect();

    let mut random = Random(1);
    let mut file = header(words.len(), vocabulary.len(), map.len(), text.len(), classes.len());
    let mut section = |bytes: Vec<u8>| {
        file.resize(file.len().next_multiple_of(64), 0);
        file.extend(bytes);
    };
    section(vocabulary.into_bytes());
    section(entries);
    section(text.into_bytes());
    section(ranges);
    section(random.bytes(words.len() * HIDDEN / 2));
    section(random.floats(words.len() * HIDDEN / GROUP, 0.01, 0.02));
    section(random.bytes(POSITIONS * HIDDEN));
    section(random.floats(POSITIONS, 0.0002, 0.001));
    let mut norm_and = |matrices: &[(usize, usize)], random: &mut Random| {
        for &(outputs, inputs) in matrices {
            section(random.bytes(outputs * inputs / 4 * 3));
            section(random.floats(outputs, 0.0005, 0.002));
            section(random.floats(outputs, -0.1, 0.1));
        }
        section(random.floats(HIDDEN, 0.5, 1.5));
        section(random.floats(HIDDEN, -0.2, 0.2));
    };
    norm_and(&[], &mut random);
    for _ in 0..LAYERS {
        norm_and(&[(3 * HIDDEN, HIDDEN), (HIDDEN, HIDDEN)], &mut random);
        norm_and(&[(INNER, HIDDEN), (HIDDEN, INNER)], &mut random);
    }
    section(random.floats(5 * 2 * HIDDEN, -0.2, 0.2));
    section(random.floats(5, -0.1, 0.1));
    section(random.floats(7 * HIDDEN, -0.2, 0.2));
    section(random.floats(7, -0.1, 0.1));
    seal(file)
}

fn header(vocabulary: usize, bytes: usize, map: usize, text: usize, classes: usize) -> Vec<u8> {
    let mut header = MAGIC.to_vec();
    let mut number = |value: usize| header.extend((value as u32).to_le_bytes());
    number(2);
    number(0); // The length, which `seal` writes.
    for word in [u32::from_le_bytes(*b"tiny"), 0, 0, 0] {
        number(word as usize);
    }
    for value in [vocabulary, HIDDEN, LAYERS, HIDDEN / 32, INNER, POSITIONS, 4, 7, GROUP, bytes, map, text, classes] {
        number(value);
    }
    for value in [POSITIONS, 8, 6] {
        number(value);
    }
    header.extend(1e-12f32.to_le_bytes());
    header.extend(1.5f32.to_le_bytes());
    header.extend([0.1f32, -0.1, 0.2, -0.5].iter().flat_map(|x| x.to_le_bytes()));
    header.extend([0.5f32; 8].iter().flat_map(|x| x.to_le_bytes()));
    header.resize(256, 0);
    header
}

/// Writes length and checksum.
pub fn seal(mut file: Vec<u8>) -> Vec<u8> {
    let length = (file.len() + 4) as u32;
    file[12..16].copy_from_slice(&length.to_le_bytes());
    let mut checksum = u32::MAX;
    for &byte in &file {
        checksum ^= u32::from(byte);
        for _ in 0..8 {
            checksum = (checksum >> 1) ^ (0xEDB8_8320 & (checksum & 1).wrapping_neg());
        }
    }
    file.extend((!checksum).to_le_bytes());
    file
}

/// Numbers that are the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        // Never -128, which the format excludes.
        (0..count).map(|_| (self.next() % 255) as u8).map(|byte| if byte == 128 { 255 } else { byte }).collect()
    }

    fn floats(&mut self, count: usize, low: f32, high: f32) -> Vec<u8> {
        (0..count)
            .map(|_| low + (high - low) * (self.next() % 65_536) as f32 / 65_536.0)
            .flat_map(f32::to_le_bytes)
            .collect()
    }
}
