internal import Foundation

/// Documents for measurements, the same ones for the same seed: words are as unevenly frequent as those of a language.
struct MadeUpDocuments {
    static let properties = """
        {"category":{"type":"keyword"},"serial":{"type":"keyword"},"text":{"type":"text"},"number":{"type":"long"},
         "price":{"type":"double"},"place":{"type":"geo_point"}}
        """
    private static let vocabulary = 50_000

    private var generator: SeededNumbers
    private let words: [String]
    private var count = 0

    init(seed: UInt64) {
        var generator = SeededNumbers(seed: seed)
        words = (0..<Self.vocabulary).map { number in
            let letters = (0..<Int.random(in: 3...9, using: &generator)).map { _ in
                Character(Unicode.Scalar(UInt8.random(in: 97...122, using: &generator)))
            }
            // The first are known by name.
            return number < 100 ? "common\(number)" : String(letters)
        }
        self.generator = generator
    }

    /// The next document's id and source.
    mutating func next() -> (id: String, source: [UInt8]) {
        defer { count += 1 }
        let text = (0..<10).map { _ in
            // A rank whose logarithm is even: frequencies fall as in Zipf's law.
            let rank = Int(exp(Double.random(in: 0..<log(Double(Self.vocabulary)), using: &generator)))
            return words[min(rank, words.count) - 1]
        }
        let source = """
            {"category":"category-\(Int.random(in: 0..<100, using: &generator))","serial":"s\(count)-\(generator.next() % 1_000_000)",\
            "text":"\(text.joined(separator: " "))","number":\(Int.random(in: 0..<1_000_000, using: &generator)),\
            "price":\(Double.random(in: 0..<1000, using: &generator)),\
            "place":[\(Double.random(in: -180..<180, using: &generator)),\(Double.random(in: -80..<80, using: &generator))]}
            """
        return ("\(count)", Array(source.utf8))
    }
}

/// SplitMix64.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
