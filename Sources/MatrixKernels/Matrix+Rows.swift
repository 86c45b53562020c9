internal import CMatrixKernels

extension Matrix {
    /// The mean of rows `range`, `[columns]`.
    public func mean(of range: Range<Int>) -> [Float] { reduced(range, cm_mean_rows) }

    /// The greatest value of each column in rows `range`, `[columns]`.
    public func maximum(of range: Range<Int>) -> [Float] { reduced(range, cm_max_rows) }

    private func reduced(
        _ range: Range<Int>,
        _ kernel: (UnsafePointer<Float>?, Int, Int, Int, UnsafeMutablePointer<Float>?) -> Void
    ) -> [Float] {
        precondition(!range.isEmpty)
        let source = pointer(rows: range, columns: 0..<columns)
        return Array(unsafeUninitializedCapacity: columns) { target, count in
            kernel(source, columns, range.count, columns, target.baseAddress)
            count = columns
        }
    }

    /// Adds row `source` of `table`, which is as wide, to row `index`.
    public func add(row source: Int, of table: Table, to index: Int) {
        precondition(table.columns == columns)
        let target = pointer(row: index, column: 0, width: columns)
        table.withRow(source) { cm_add($0, columns, target) }
    }

    /// Copies row `source` of `table`, which is as wide, to row `index`.
    public func copy(row source: Int, of table: Table, to index: Int) {
        precondition(table.columns == columns)
        let target = pointer(row: index, column: 0, width: columns)
        table.withRow(source) { target.update(from: $0, count: columns) }
    }

    /// Copies row `source` of `other`, which is as wide, to row `index`.
    public func copy(row source: Int, of other: Matrix, to index: Int) {
        precondition(other.columns == columns)
        pointer(row: index, column: 0, width: columns)
            .update(from: other.pointer(row: source, column: 0, width: columns), count: columns)
    }
}

extension Array<Float> {
    /// Scales to unit length; a zero vector stays as it is.
    public mutating func normalise() {
        withUnsafeMutableBufferPointer { cm_normalise($0.baseAddress, $0.count) }
    }

    /// e^x over the sum of all e^x.
    public mutating func softmax(_ engine: MatrixEngine) {
        withUnsafeMutableBufferPointer { cm_softmax(engine.code, $0.baseAddress, $0.count) }
    }
}
