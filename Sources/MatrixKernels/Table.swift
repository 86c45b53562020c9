/// A row-major matrix that never changes: learned rows, which many threads may read at once.
public struct Table: Sendable {
    public let rows: Int
    public let columns: Int
    /// `[rows, columns]`
    public let elements: [Float]

    public init(_ elements: [Float], rows: Int, columns: Int) {
        precondition(rows >= 0 && columns >= 0 && elements.count == rows * columns)
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    func withRow<Result>(_ index: Int, _ body: (UnsafePointer<Float>) -> Result) -> Result? {
        precondition(index >= 0 && index < rows)
        return elements.withUnsafeBufferPointer { all in all.baseAddress.map { body($0 + index * columns) } }
    }
}
