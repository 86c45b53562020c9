import Ordinals
import TestSupport
import Testing

@testable import VectorIndex

@Suite struct ElementTypeTests {
    static let cases: [(ElementType, Metric)] = ElementType.allCases.flatMap { type in
        (type == .bit ? [.euclidean] : Metric.allCases).map { (type, $0) }
    }

    /// Vectors as a client writes them; those of `dot_product` of unit length where they must be.
    static func vectors(
        _ count: Int, _ configuration: VectorIndexConfiguration, _ generator: inout SeededGenerator
    ) -> [[Float]] {
        (0..<count).map { _ in
            if configuration.elementType.isIntegral {
                return (0..<configuration.componentCount).map { _ in Float(Int8.random(in: -128...127, using: &generator)) }
            }
            let vector = generator.vector(configuration.dimensions)
            return configuration.metric == .dotProduct ? VectorIndexConfiguration.unit(vector) : vector
        }
    }

    /// By the definition, in double precision, of the vectors as they are kept.
    static func raw(_ query: [Float], _ vector: [Float], _ configuration: VectorIndexConfiguration) -> Double {
        switch configuration.elementType {
        case .bit:
            Double(zip(query, vector).reduce(0) { $0 + (Int8($1.0) ^ Int8($1.1)).nonzeroBitCount })
        case .bfloat16: BruteForce(configuration.metric).raw(query, vector.map(BFloat16.rounded))
        case .float, .byte: BruteForce(configuration.metric).raw(query, vector)
        }
    }

    @Test(arguments: cases, [8, 64, 72, 200])
    func exactSearchesEqualTheDefinition(_ element: (type: ElementType, metric: Metric), dimensions: Int) throws {
        var generator = SeededGenerator(seed: UInt64(dimensions))
        let configuration = try VectorIndexConfiguration(
            dimensions: dimensions, metric: element.metric, kind: .flat, elementType: element.type)
        let directory = TemporaryDirectory()
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        let vectors = Self.vectors(150, configuration, &generator)
        try index.append(vectors.enumerated().map { (UInt32($0), $1) })
        try index.insert(Array(0..<150))
        let query = Self.vectors(1, configuration, &generator)[0]
        let hits = try index.search(query, k: 150, candidates: 150, accepting: OrdinalSet(0..<150)).hits
        #expect(hits.count == 150 && hits.map(\.score) == hits.map(\.score).sorted(by: >))
        for hit in hits {
            let expected = Self.raw(query, vectors[Int(hit.ordinal)], configuration)
            #expect(abs(Double(hit.raw) - expected) <= 1e-5 * max(1, abs(expected)), "\(hit)")
            #expect(hit.score == configuration.score(raw: hit.raw))
        }
        let found = try #require(try index.vector(at: 7))
        for (kept, given) in zip(found, vectors[7]) {
            #expect(abs(kept - given) <= abs(given) * (element.type == .bfloat16 ? 0.004 : 1e-6))
        }
    }

    /// Elements that the graph does not walk yet are found all the same, before and after an opening.
    @Test(arguments: cases)
    func graphsOfAnyElementAreOpenedAgain(_ element: (type: ElementType, metric: Metric)) throws {
        var generator = SeededGenerator(seed: 4)
        let configuration = try VectorIndexConfiguration(
            dimensions: 32, metric: element.metric, elementType: element.type, quantization: .none)
        let directory = TemporaryDirectory()
        let vectors = Self.vectors(300, configuration, &generator)
        let query = Self.vectors(1, configuration, &generator)[0]
        let accepting = OrdinalSet(10..<290)
        var found: [VectorHit] = []
        do {
            let index = try VectorIndex(directory: directory.path, configuration: configuration)
            try index.append(vectors.enumerated().map { (UInt32($0), $1) })
            try index.insert(Array(0..<300), threads: 2)
            try index.remove(OrdinalSet(0..<10))
            try index.seal(threads: 2)
            #expect(index.changesSinceCheckpoint == 0 && index.members.count == 290)
            found = try index.exactSearch(query, k: 5, among: accepting).hits
            #expect(try index.search(query, k: 5, candidates: 300, accepting: accepting).hits == found)
        }
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        #expect(index.members == OrdinalSet(10..<300))
        #expect(try index.search(query, k: 5, candidates: 300, accepting: accepting, oversample: 2).hits == found)
        #expect(index.configuration.hasGraph)
    }

    @Test(arguments: cases)
    func componentsCompareAsTheIndexDoes(_ element: (type: ElementType, metric: Metric)) throws {
        var generator = SeededGenerator(seed: 3)
        let configuration = try VectorIndexConfiguration(
            dimensions: 40, metric: element.metric, kind: .flat, elementType: element.type)
        let directory = TemporaryDirectory()
        let index = try VectorIndex(directory: directory.path, configuration: configuration)
        let vectors = Self.vectors(2, configuration, &generator)
        try index.append([(0, vectors[0]), (1, vectors[1])])
        try index.insert([0, 1])
        let rows = index.vectors.rows
        let buffers = (0..<2).map { _ in UnsafeMutableBufferPointer<Float>.allocate(capacity: 40) }
        defer { for buffer in buffers { buffer.deallocate() } }
        let first = Array(index.vectors.components(of: 0, in: rows, buffer: buffers[0]))
        let second = Array(index.vectors.components(of: 1, in: rows, buffer: buffers[1]))
        #expect(first.count == 40 && second.count == 40)
        var expected = Self.raw(vectors[0].map { element.type == .bfloat16 ? BFloat16.rounded($0) : $0 }, vectors[1], configuration)
        if element.type == .bit { expected = expected.squareRoot() }
        let actual = BruteForce(element.metric).raw(first, second)
        #expect(abs(actual - expected) <= 1e-5 * max(1, abs(expected)))
    }

    @Test(arguments: [
        (ElementType.byte, Metric.dotProduct, 16_384 * 4, 1), (.byte, .dotProduct, 0, 0.5), (.byte, .cosine, 0, 0.5),
        (.byte, .euclidean, 1, 0.5), (.byte, .maximumInnerProduct, -1, 0.5), (.bfloat16, .cosine, 1, 1),
        (.float, .dotProduct, 0.5, 0.75),
    ] as [(ElementType, Metric, Float, Float)])
    func scoresByElementType(type: ElementType, metric: Metric, raw: Float, score: Float) throws {
        let configuration = try VectorIndexConfiguration(dimensions: 4, metric: metric, elementType: type)
        #expect(configuration.score(raw: raw) == score)
    }

    @Test func bitsScoreByHowManyAgree() throws {
        let configuration = try VectorIndexConfiguration(dimensions: 16, metric: .euclidean, elementType: .bit)
        #expect(configuration.score(raw: 0) == 1 && configuration.score(raw: 4) == 0.75 && configuration.score(raw: 16) == 0)
    }

    @Test func dimensionsOfBits() {
        for dimensions in [0, 4, 12, 32_776] {
            #expect(thrownCase {
                try VectorIndexConfiguration(dimensions: dimensions, metric: .euclidean, elementType: .bit)
            } == "invalidConfiguration")
        }
        #expect(throws: VectorIndexError.unsupportedMetric(.cosine, .bit)) {
            try VectorIndexConfiguration(dimensions: 8, metric: .cosine, elementType: .bit)
        }
    }

    @Test(arguments: [ElementType.byte, .bit], [128, -129, 0.5] as [Float])
    func whatIsNoByteIsRefused(type: ElementType, value: Float) throws {
        let configuration = try VectorIndexConfiguration(dimensions: 16, metric: .euclidean, elementType: type)
        var vector = [Float](repeating: 1, count: configuration.componentCount)
        vector[1] = value
        #expect(throws: VectorIndexError.notAByte(position: 1, value: value)) { try configuration.validate(vector) }
    }

    /// Rounding takes the greatest floats out of range, and leaves nothing of the least.
    @Test func bfloat16IsCheckedAsItIsKept() throws {
        let configuration = try VectorIndexConfiguration(dimensions: 2, metric: .euclidean, elementType: .bfloat16)
        #expect(throws: VectorIndexError.notFinite(position: 1)) {
            try configuration.validate([0, .greatestFiniteMagnitude])
        }
        let cosine = try VectorIndexConfiguration(dimensions: 2, metric: .cosine, elementType: .bfloat16)
        #expect(throws: VectorIndexError.zeroMagnitude) { try cosine.validate([.leastNonzeroMagnitude, 0]) }
    }
}
