import Encoders
import MatrixKernels
import TestSupport
import Testing

/// Damaged archives: whatever bytes change, loading ends in an encoder or in an error.
@Suite struct TorchScriptMutationTests {
    /// Changes made with a seed, at places that look like text more often than elsewhere: there code and pickles lie.
    struct Mutator {
        private var state: UInt64
        private let original: [UInt8]
        private let texts: [Int]

        init(_ original: [UInt8], seed: UInt64) {
            self.original = original
            self.state = seed
            self.texts = original.indices.dropFirst().dropLast().filter { index in
                original[(index - 1)...(index + 1)].allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0A }
            }
        }

        private mutating func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(truncatingIfNeeded: (state >> 33) % UInt64(max(1, bound)))
        }

        mutating func next() -> [UInt8] {
            if random(20) == 0 { return Array(original[..<random(original.count)]) }
            var changed = original
            for _ in 0...random(4) {
                let place = random(4) == 0 || texts.isEmpty ? random(original.count) : texts[random(texts.count)]
                switch random(5) {
                case 0: changed[place] ^= 1 << UInt8(random(8))
                case 1: changed[place] = UInt8(random(256))
                case 2: changed[place] = UInt8(0x30 + random(10))
                case 3: changed[place] = changed[random(changed.count)]
                default: changed[place] = Array(".,()[]=\\n _".utf8)[random(10)]
                }
            }
            return changed
        }
    }

    static let models: [(name: String, rounds: Int)] = [
        ("distilbert-dense-quantised", 800), ("distilbert-cls-quantised-unfrozen", 250), ("bert-max-unfrozen", 250),
        ("bert-mean", 250),
    ]

    @Test(arguments: models)
    func changedArchives(model: String, rounds: Int) throws {
        var mutator = Mutator(try Uploaded.definition(model), seed: 0x5EED), loaded = 0
        let folder = try TemporaryFolder(), engine = MatrixEngine(threads: 1)
        try folder.copy("\(Uploaded.folder)/\(model)/model.json", to: "model.json")
        for _ in 0..<rounds {
            try folder.write("definition.pt", mutator.next())
            guard let layout = try? ModelLayout(folder: folder.path),
                let encoder = try? layout.makeTextEncoder(engine)
            else { continue }
            _ = try? encoder.encode([[2, 5, 3]])
            loaded += 1
        }
        // Some changes touch nothing but a weight or a name, most are noticed.
        #expect(loaded > 0 && loaded < rounds)
    }
}
