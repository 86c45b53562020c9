extension VectorTable {
    /// As many of `MadeUpVectors`.
    public init(madeUp rows: Int, columns: Int, seed: UInt64) {
        var vectors = MadeUpVectors(columns: columns, seed: seed)
        var values: [Float] = []
        values.reserveCapacity(rows * columns)
        for _ in 0..<rows { values += vectors.next() }
        self.init(rows: rows, columns: columns, values: values)
    }
}
