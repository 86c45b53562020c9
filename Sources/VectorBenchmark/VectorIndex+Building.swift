internal import Ordinals
internal import VectorIndex

extension VectorIndex {
    /// Writes the vectors of the ordinals from `first` on, some at a time: all of them need not be in memory at once.
    func append(
        rows: Int, from first: UInt32 = 0, _ row: (Int) throws(VectorIndexError) -> [Float]
    ) throws(VectorIndexError) {
        let batch = 4096
        var written = 0
        while written < rows {
            var vectors: [(ordinal: UInt32, vector: [Float])] = []
            for number in written..<min(written + batch, rows) {
                vectors.append((first + UInt32(number), try row(number)))
            }
            try append(vectors)
            written += vectors.count
        }
    }

    /// Brings the vectors into a form. An index without a graph has one only.
    ///
    /// - Returns: seconds.
    func build(
        below end: UInt32, _ form: VectorBenchmark.Form, threads: Int
    ) throws(VectorIndexError) -> Double {
        let start = ContinuousClock.now
        let sealedEnd: UInt32 =
            switch form {
            case .growing: 0
            case .sealed: end
            case .mixed: UInt32(Double(end) * 0.7)
            }
        if sealedEnd > 0, configuration.hasGraph { try seal(adding: OrdinalSet(0..<sealedEnd), threads: threads) }
        try insert(Array((configuration.hasGraph ? sealedEnd : 0)..<end), threads: threads)
        return (ContinuousClock.now - start) / .seconds(1)
    }
}
