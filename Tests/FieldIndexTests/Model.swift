import FieldIndex
import Ordinals
import TestSupport

/// What a test knows of one document.
struct ModelDocument {
    var keywords: [String] = []
    /// Tokens with their positions.
    var text: [(term: String, position: Int)] = []
    var longs: [Int64] = []
    var doubles: [Double] = []
    var points: [EncodedPoint] = []
    var hasNothing: Bool { keywords.isEmpty && text.isEmpty && longs.isEmpty && doubles.isEmpty && points.isEmpty }
}

/// Documents by ordinal, and the index of them: the twin that goes through all of them, one by one.
struct Model {
    static let words = [
        "a", "ab", "abc", "fox", "foxes", "fax", "quick", "quack", "brown", "über", "straße", "日本", "z\u{1F600}", "", "x-1", "10", "007",
    ]

    var documents: [UInt32: ModelDocument] = [:]
    var view = FieldIndexView([])
    var live: OrdinalSet { OrdinalSet(documents.keys) }

    static func random(_ generator: inout SeededGenerator) -> ModelDocument {
        func several<Value>(_ most: Int, _ make: () -> Value) -> [Value] {
            (0..<Int.random(in: 0...most, using: &generator)).map { _ in make() }
        }
        var document = ModelDocument()
        if Int.random(in: 0..<5, using: &generator) == 0 { return document }
        document.keywords = several(2) { words.randomElement(using: &generator) ?? "" }
        var position = -1
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            position += [0, 1, 1, 1, 1, 101].randomElement(using: &generator) ?? 1
            document.text.append((words.prefix(9).randomElement(using: &generator) ?? "a", max(0, position)))
            position = max(0, position)
        }
        document.longs = several(2) { Bool.random(using: &generator) ? Int64.random(in: -5...5, using: &generator) : .random(in: .min ... .max, using: &generator) }
        document.doubles = several(1) { [0.0, -0.0, 1.5, -1.5, .infinity, 1e300, -1e-300].randomElement(using: &generator) ?? 0 }
        document.points = several(2) {
            EncodedPoint(
                latitude: .random(in: -90...90, using: &generator), longitude: .random(in: -180...180, using: &generator))
        }
        return document
    }

    /// Builds segments of given ranges of the documents.
    static func segment(_ documents: [(key: UInt32, value: ModelDocument)]) -> Segment? {
        var builder = SegmentBuilder()
        for (ordinal, document) in documents {
            builder.addDocument(ordinal)
            for keyword in document.keywords { builder.add(keyword, to: "k") }
            for token in document.text { builder.add(token: token.term, position: token.position, to: "t") }
            for long in document.longs { builder.add(long, to: "n") }
            for double in document.doubles { builder.add(double, to: "d") }
            for point in document.points { builder.add(point, to: "p") }
            if !document.keywords.isEmpty { builder.addPresence(of: "e") }
        }
        return builder.finish()
    }

    /// Documents with gaps between their ordinals, in segments of several sizes.
    init(count: Int, seed: UInt64, first: UInt32 = 0, segments: Int) {
        var generator = SeededGenerator(seed: seed)
        var ordinal = first
        for _ in 0..<count {
            documents[ordinal] = Self.random(&generator)
            ordinal += Int.random(in: 0..<20, using: &generator) == 0 ? UInt32.random(in: 1..<300, using: &generator) : 1
        }
        let sorted = documents.sorted { $0.key < $1.key }
        var parts: [Segment] = []
        var start = 0
        for number in 0..<segments {
            let end = number == segments - 1 ? count : min(count, start + Int.random(in: 0...(2 * count / segments), using: &generator))
            if let segment = Self.segment(Array(sorted[start..<max(start, end)])) { parts.append(segment) }
            start = max(start, end)
        }
        view = FieldIndexView(parts)
    }

    func matching(_ isMatch: (ModelDocument) -> Bool) -> OrdinalSet { OrdinalSet(documents.filter { isMatch($0.value) }.keys) }

    /// Takes documents away, and merges what is left into fewer segments.
    mutating func merge(dropping share: Double, _ generator: inout SeededGenerator) {
        documents = documents.filter { _ in Double.random(in: 0..<1, using: &generator) >= share }
        var segments: [Segment] = []
        var rest = view.segments[...]
        while !rest.isEmpty {
            let run = rest.prefix(Int.random(in: 1...4, using: &generator))
            rest = rest.dropFirst(run.count)
            if let merged = SegmentMerger.merge(Array(run), keeping: live) { segments.append(merged) }
        }
        view = FieldIndexView(segments)
    }
}
