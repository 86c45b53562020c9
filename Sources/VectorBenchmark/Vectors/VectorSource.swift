/// Vectors one after the other, however many: all of them need not be in memory at once.
public enum VectorSource: Sendable {
    case madeUp(MadeUpVectors)
    /// A table's rows, and when they are used up, the same again with noise.
    case table(RepeatedVectors)

    public var columns: Int {
        switch self {
        case .madeUp(let vectors): vectors.columns
        case .table(let rows): rows.table.columns
        }
    }

    public mutating func next() -> [Float] {
        switch self {
        case .madeUp(var vectors):
            defer { self = .madeUp(vectors) }
            return vectors.next()
        case .table(var rows):
            defer { self = .table(rows) }
            return rows.next()
        }
    }
}

/// A table's rows, and then again and again with noise of half their magnitude: a cosine of about 0.89 to the row itself.
public struct RepeatedVectors: Sendable {
    let table: VectorTable
    private var position = 0
    private var random: NormalSource

    public init(_ table: VectorTable, seed: UInt64) {
        self.table = table
        random = NormalSource(seed: seed)
    }

    mutating func next() -> [Float] {
        let row = table.row(position % table.rows)
        defer { position += 1 }
        guard position >= table.rows else { return row }
        let power = row.reduce(0) { $0 + $1 * $1 } / Float(row.count)
        let noise = power.squareRoot() / 2
        return row.map { $0 + noise * random.next() }
    }
}
