internal import CVectorKernels
internal import VectorKernels

/// A query made ready for rows of one element type: once, for however many rows.
struct RowsQuery {
    private let floats: [Float]
    private let bytes: [Int8]
    private let function: cvk_function
    private let scale: Float
    private let magnitude: cvk_magnitude

    /// As the index compares. Values are distances, smaller for what is nearer.
    ///
    /// - Throws: as `VectorIndexConfiguration.validate`.
    init(nearest query: [Float], _ configuration: VectorIndexConfiguration) throws(VectorIndexError) {
        let stored = try configuration.validate(query)
        let magnitude = configuration.elementType == .bfloat16 ? VectorKernels.best.magnitude(query) : stored
        if configuration.metric == .euclidean {
            self.init(query, configuration, .euclideanDistance, magnitude)
        } else {
            self.init(query, configuration, configuration.metric == .cosine ? .cosine : .dotProduct, magnitude, sign: -1)
        }
    }

    /// A function's values; the euclidean distance is squared.
    ///
    /// - Throws: `dimensionMismatch`, `notFinite`, `notAByte`, `zeroMagnitude` (cosine), `unsupportedFunction`.
    init(
        _ function: VectorFunction, _ query: [Float], _ configuration: VectorIndexConfiguration
    ) throws(VectorIndexError) {
        let expected = configuration.componentCount
        guard query.count == expected else { throw .dimensionMismatch(expected: expected, actual: query.count) }
        for (position, value) in query.enumerated() {
            guard value.isFinite else { throw .notFinite(position: position) }
            guard !configuration.elementType.isIntegral || Int8(exactly: value) != nil else {
                throw .notAByte(position: position, value: value)
            }
        }
        if function == .hamming, !configuration.elementType.isIntegral {
            throw .unsupportedFunction(.hamming, configuration.elementType)
        }
        let magnitude = VectorKernels.best.magnitude(query)
        if function == .cosine {
            guard configuration.elementType != .bit else { throw .unsupportedMetric(.cosine, .bit) }
            guard magnitude > 0, magnitude.isFinite, (1 / magnitude).isFinite else { throw .zeroMagnitude }
        }
        self.init(query, configuration, function, magnitude)
    }

    private init(
        _ query: [Float], _ configuration: VectorIndexConfiguration, _ function: VectorFunction, _ magnitude: Float,
        sign: Float = 1
    ) {
        self.function =
            switch function {
            case .cosine, .dotProduct: CVK_DOT
            case .euclideanDistance: CVK_SQUARED_L2
            case .manhattanDistance: CVK_L1
            case .hamming: CVK_HAMMING
            }
        var scale = sign
        if configuration.elementType.isIntegral {
            floats = []
            bytes = query.map { Int8($0) }
            if function == .cosine { scale /= magnitude }
        } else {
            floats = function == .cosine ? VectorIndexConfiguration.unit(query, magnitude: magnitude) : query
            bytes = []
        }
        self.scale = scale
        self.magnitude =
            switch (function, configuration.storesUnitLength) {
            case (.cosine, false): CVK_MAGNITUDE_DIVIDES
            case (.dotProduct, true): CVK_MAGNITUDE_MULTIPLIES
            case (.cosine, true), (.dotProduct, false), (.euclideanDistance, _), (.manhattanDistance, _), (.hamming, _):
                CVK_MAGNITUDE_UNUSED
            }
    }

    /// `[dimensions]`: the query as walks take it: of unit length under cosine; of bits, 0 or 1 for each dimension.
    func walkComponents(_ configuration: VectorIndexConfiguration) -> [Float] {
        guard floats.isEmpty else { return floats }
        if configuration.elementType == .bit {
            return (0..<configuration.dimensions).map { Float(UInt8(bitPattern: bytes[$0 / 8]) >> UInt8(7 - $0 % 8) & 1) }
        }
        let components = bytes.map { Float($0) }
        guard configuration.metric.normalises else { return components }
        return VectorIndexConfiguration.unit(components, magnitude: VectorKernels.best.magnitude(components))
    }

    /// Calls `body` with the query beside the rows.
    func with<Result>(
        _ rows: RawVectors.Rows, _ header: VectorFileHeader, _ body: (UnsafePointer<cvk_rows>) -> Result
    ) -> Result {
        func call(_ query: UnsafeRawBufferPointer) -> Result {
            var described = described(query, rows, header)
            return body(&described)
        }
        return floats.isEmpty ? bytes.withUnsafeBytes(call) : floats.withUnsafeBytes(call)
    }

    /// Calls `body` with each of the queries beside the rows. They were made ready alike, and there is one at least.
    static func with<Result>(
        _ queries: some Collection<RowsQuery>, _ rows: RawVectors.Rows, _ header: VectorFileHeader,
        _ body: (UnsafePointer<cvk_rows>) -> Result
    ) -> Result {
        // Close together, so that the cache holds as many as it can.
        func call(_ vectors: UnsafeRawBufferPointer) -> Result {
            let bytes = vectors.count / queries.count
            let described = queries.enumerated().map { index, query in
                query.described(UnsafeRawBufferPointer(rebasing: vectors[index * bytes..<(index + 1) * bytes]), rows, header)
            }
            return described.withUnsafeBufferPointer { described in
                guard let first = described.baseAddress else { preconditionFailure("no queries") }
                return body(first)
            }
        }
        let floats = queries.flatMap(\.floats)
        return floats.isEmpty ? queries.flatMap(\.bytes).withUnsafeBytes(call) : floats.withUnsafeBytes(call)
    }

    private func described(
        _ query: UnsafeRawBufferPointer, _ rows: RawVectors.Rows, _ header: VectorFileHeader
    ) -> cvk_rows {
        guard let start = query.baseAddress else { preconditionFailure("a query without components") }
        return cvk_rows(
            kernels: VectorKernels.best.table, element: header.elementType.kernelElement, function: function,
            count: query.count / (floats.isEmpty ? 1 : 4), rows: rows.base, row_bytes: header.rowBytes, query: start,
            scale: scale, magnitude: magnitude)
    }
}
