/// Vectors to measure with, `[rows, columns]`, row-major.
public struct VectorTable: Equatable, Sendable {
    public let rows: Int
    public let columns: Int
    public let values: [Float]

    init(rows: Int, columns: Int, values: [Float]) {
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// - Parameter index: below `rows`.
    public func row(_ index: Int) -> [Float] { Array(values[(index * columns)..<((index + 1) * columns)]) }
}
