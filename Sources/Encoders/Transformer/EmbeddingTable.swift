internal import MatrixKernels

/// The vectors of a vocabulary, read from the mapped file when they are asked for: a text touches a few rows of many.
struct EmbeddingTable: Sendable {
    let count: Int
    private let rows: Rows

    private enum Rows: Sendable {
        case mapped(StoredTensor, FloatFormat)
        case copied(Table)
    }

    init(_ reader: inout TensorReader, _ name: String, rows: Int, width: Int) throws(WeightsError) {
        let tensor = try reader.tensor(name, [rows, width])
        self.count = rows
        self.rows =
            if tensor.isRowMajor {
                .mapped(tensor, try tensor.floatFormat())
            } else {
                .copied(Table(try tensor.floats(), rows: rows, columns: width))
            }
    }

    /// Copies row `index` of the table to row `target` of `matrix`.
    func copy(_ index: Int, to target: Int, of matrix: Matrix) {
        switch rows {
        case .mapped(let tensor, let format):
            matrix.withRow(target) { tensor.widen(row: index, format: format, into: $0) }
        case .copied(let table):
            matrix.copy(row: index, of: table, to: target)
        }
    }
}
