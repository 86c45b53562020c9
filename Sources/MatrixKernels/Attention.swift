internal import CMatrixKernels

/// Multi-head scaled dot-product attention over a batch without padding.
///
/// Source: Vaswani et al., "Attention Is All You Need", arXiv 1706.03762.
public struct Attention: Sendable {
    /// The rows of one sequence: those that ask, and those that are looked at.
    public struct Sequence: Equatable, Sendable {
        public var queries: Range<Int>
        public var keys: Range<Int>

        public init(queries: Range<Int>, keys: Range<Int>) {
            self.queries = queries
            self.keys = keys
        }
    }

    /// Some columns of a matrix.
    public struct Columns {
        let matrix: Matrix
        let first: Int

        public init(of matrix: Matrix, from first: Int = 0) {
            self.matrix = matrix
            self.first = first
        }
    }

    private let engine: MatrixEngine
    private let precision: Precision
    private let heads: Int
    private let headSize: Int
    private let causal: Bool

    /// - Parameters:
    ///   - precision: Below 32 bits, products are of bfloat16 where the CPU has instructions for them.
    ///   - causal: Whether the queries, which are the last of the keys, see only keys up to themselves.
    public init(_ engine: MatrixEngine, _ precision: Precision = .f32, heads: Int, headSize: Int, causal: Bool) {
        precondition(heads > 0 && headSize > 0)
        self.engine = engine
        self.precision = precision
        self.heads = heads
        self.headSize = headSize
        self.causal = causal
    }

    /// `softmax(query · keyᵀ / √headSize) · value` for each sequence and head, into the query rows of `output`.
    ///
    /// Query, key, value and output are `[rows, heads · headSize]`; key and value have the same rows.
    ///
    /// - Complexity: O(*queries* · *keys* · *heads* · *headSize*).
    /// - Throws: `MatrixError`.
    public func callAsFunction(
        query: Columns, key: Columns, value: Columns, sequences list: [Sequence], into output: Matrix
    ) throws(MatrixError) {
        let width = heads * headSize
        precondition(key.matrix === value.matrix && output.columns == width)
        guard list.contains(where: { !$0.keys.isEmpty }) else { return }
        let sequences = list.map { sequence in
            precondition(sequence.queries.upperBound <= query.matrix.rows && sequence.queries.upperBound <= output.rows)
            precondition(sequence.keys.upperBound <= key.matrix.rows && (!causal || sequence.queries.count <= sequence.keys.count))
            precondition(sequence.queries.lowerBound >= 0 && sequence.keys.lowerBound >= 0)
            return cm_attention_sequence(
                query_start: sequence.queries.lowerBound, query_count: sequence.queries.count,
                key_start: sequence.keys.lowerBound, key_count: sequence.keys.count)
        }
        var arguments = cm_attention_arguments()
        arguments.query = UnsafePointer(query.matrix.pointer(row: 0, column: query.first, width: width))
        arguments.key = UnsafePointer(key.matrix.pointer(row: 0, column: key.first, width: width))
        arguments.value = UnsafePointer(value.matrix.pointer(row: 0, column: value.first, width: width))
        arguments.query_stride = query.matrix.columns
        arguments.key_stride = key.matrix.columns
        arguments.output = output.pointer(row: 0, column: 0, width: width)
        arguments.output_stride = width
        (arguments.heads, arguments.head_size) = (heads, headSize)
        arguments.scale = 1 / Float(headSize).squareRoot()
        arguments.precision = precision.code
        arguments.causal = causal ? 1 : 0
        let done = sequences.withUnsafeBufferPointer { list in
            arguments.sequences = list.baseAddress
            arguments.sequence_count = list.count
            return cm_attention(engine.code, engine.threadCount, &arguments)
        }
        guard done else { throw .outOfMemory }
    }
}
