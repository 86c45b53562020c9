public import JSON
public import MatrixKernels

/// Measures how long an encoder takes for batches of made-up input: speed does not depend on the values.
public struct EncoderBenchmark: Sendable {
    /// Which of a model's encoders is measured.
    public enum Side: String, CaseIterable, Sendable {
        case image, text
    }

    /// What was measured, in milliseconds.
    public struct Result: Equatable, Sendable {
        public let side: Side
        public let batch: Int
        /// Tokens of each text; nil for images.
        public let tokens: Int?
        public let threads: Int
        /// Mapping, packing and making the encoder.
        public let loading: Double
        public let precision: Precision
        /// The median and the least time of a batch, divided by its size.
        public let medianPerItem: Double
        public let leastPerItem: Double

        /// The result as one JSON object.
        public var json: JSONValue {
            .object([
                "kind": .string(side.rawValue), "batch": .int(batch), "tokens": tokens.map { .int($0) } ?? .null,
                "threads": .int(threads), "precision": .string(precision.rawValue), "load_ms": .double(loading),
                "ms_per_item": .double(medianPerItem),
                "min_ms_per_item": .double(leastPerItem),
            ])
        }
    }

    public let layout: ModelLayout
    public let engine: MatrixEngine
    public let precision: Precision

    public init(_ layout: ModelLayout, engine: MatrixEngine, precision: Precision) {
        self.layout = layout
        self.engine = engine
        self.precision = precision
    }

    /// Loads one side of the model and runs it `rounds` times, after three runs that do not count.
    ///
    /// - Parameters:
    ///   - batch: Items in a batch, at least 1.
    ///   - tokens: Tokens of each text; lowered to what the model takes.
    /// - Throws: `EncoderLoadingError`, `EncoderError`.
    public func run(_ side: Side, batch: Int, tokens: Int = 12, rounds: Int = 15) throws -> Result {
        let batch = max(1, batch), start = ContinuousClock.now
        let encode: () throws -> Void
        var length: Int?
        switch side {
        case .image:
            let encoder = try layout.makeImageEncoder(engine, precision)
            let count = 3 * encoder.inputSize * encoder.inputSize
            let images = (0..<batch).map { item in (0..<count).map { Float(($0 &* 31 &+ item) % 255) / 127 - 1 } }
            encode = { _ = try encoder.encode(images) }
        case .text:
            let encoder = try layout.makeTextEncoder(engine, precision)
            guard let text = layout.text else { throw EncoderLoadingError.noTextSide(folder: layout.folder) }
            let count = max(2, min(tokens, text.maximumTokens))
            let texts = (0..<batch).map { text.madeUpTokens(count, seed: $0) }
            length = count
            encode = { _ = try encoder.encode(texts) }
        }
        let loading = start.duration(to: .now)
        var times: [Double] = []
        for round in 0..<(3 + max(1, rounds)) {
            let start = ContinuousClock.now
            try encode()
            if round >= 3 { times.append(start.duration(to: .now).milliseconds / Double(batch)) }
        }
        times.sort()
        return Result(
            side: side, batch: batch, tokens: length, threads: engine.threads, loading: loading.milliseconds,
            precision: precision, medianPerItem: times[times.count / 2], leastPerItem: times[0])
    }
}

extension ModelLayout.TextSide {
    /// Ids that the encoder takes, ending with its end of text.
    fileprivate func madeUpTokens(_ count: Int, seed: Int) -> [Int32] {
        let (vocabulary, end) =
            switch kind {
            case .clip(let clip, _, _):
                (clip.vocabulary, clip.endOfText == 2 ? clip.vocabulary - 1 : clip.endOfText)
            case .siglip(let siglip): (siglip.vocabulary, 0)
            case .sentence(let sentence): (sentence.transformer.vocabulary, 0)
            }
        // Below the end of text, so that a CLIP text does not end early.
        let words = max(1, end == 0 ? vocabulary : min(vocabulary, end))
        return (1..<count).map { Int32(($0 &* 7919 &+ seed &* 104_729) % words) } + [Int32(end)]
    }
}

extension Duration {
    fileprivate var milliseconds: Double { Double(components.seconds) * 1e3 + Double(components.attoseconds) * 1e-15 }
}
