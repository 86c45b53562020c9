internal import CMatrixKernels

/// A row-major matrix of 32-bit floats, aligned for the kernels.
///
/// Its memory grows and never shrinks: as scratch it stops allocating once it has seen the largest batch. It belongs to
/// one thread at a time.
public final class Matrix {
    public private(set) var rows: Int
    public private(set) var columns: Int
    private var capacity: Int
    private var memory: UnsafeMutablePointer<Float>

    /// A matrix of zeros.
    ///
    /// - Throws: `MatrixError`.
    public init(rows: Int = 0, columns: Int = 0) throws(MatrixError) {
        let count = try Self.count(rows, columns)
        let memory = try Self.allocate(count)
        memory.update(repeating: 0, count: count)
        self.memory = memory
        self.capacity = count
        self.rows = rows
        self.columns = columns
    }

    /// A matrix with the elements of `values`, `[rows, columns]`.
    public convenience init(_ values: [Float], rows: Int, columns: Int) throws(MatrixError) {
        precondition(values.count == rows * columns)
        try self.init()
        try reshape(rows: rows, columns: columns)
        values.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { memory.update(from: base, count: source.count) }
        }
    }

    deinit { cm_release(memory) }

    /// Changes the shape. The elements are undefined afterwards.
    public func reshape(rows: Int, columns: Int) throws(MatrixError) {
        let count = try Self.count(rows, columns)
        if count > capacity {
            let grown = try Self.allocate(count)
            cm_release(memory)
            memory = grown
            capacity = count
        }
        self.rows = rows
        self.columns = columns
    }

    /// Cuts the same elements, row by row, into rows of another length.
    ///
    /// - Precondition: They fill whole rows.
    public func regroup(columns: Int) {
        precondition(columns > 0 && (rows * self.columns).isMultiple(of: columns))
        rows = rows * self.columns / columns
        self.columns = columns
    }

    private static func count(_ rows: Int, _ columns: Int) throws(MatrixError) -> Int {
        precondition(rows >= 0 && columns >= 0)
        let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
        guard !overflow else { throw .outOfMemory }
        return count
    }

    private static func allocate(_ count: Int) throws(MatrixError) -> UnsafeMutablePointer<Float> {
        let (bytes, overflow) = max(1, count).multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
        guard !overflow, let memory = cm_allocate(bytes) else { throw .outOfMemory }
        return memory.bindMemory(to: Float.self, capacity: count)
    }

    /// The elements of one row.
    public func row(_ index: Int) -> [Float] { Array(floats(at: index, count: columns)) }

    /// All elements, row by row.
    public var elements: [Float] { Array(UnsafeBufferPointer(start: memory, count: rows * columns)) }

    /// Gives `body` the elements of one row to read or write.
    public func withRow<Result, Failure: Error>(
        _ index: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeMutableBufferPointer(start: pointer(row: index, column: 0, width: columns), count: columns))
    }

    private func floats(at row: Int, count: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: pointer(row: row, column: 0, width: count), count: count)
    }

    /// The address of `width` elements of a row, checked.
    func pointer(row: Int, column: Int, width: Int) -> UnsafeMutablePointer<Float> {
        precondition(row >= 0 && row < rows && column >= 0 && width >= 0 && column + width <= columns)
        return memory + (row * columns + column)
    }

    /// The address of `count` rows from `row`, of `width` elements from `column`, checked; for no rows, any address.
    func pointer(rows range: Range<Int>, columns width: Range<Int>) -> UnsafeMutablePointer<Float> {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows)
        precondition(width.lowerBound >= 0 && width.upperBound <= columns)
        return memory + (range.lowerBound * columns + width.lowerBound)
    }
}
