internal import CVectorKernels
public import Ordinals
internal import VectorKernels

/// Every vector of a set compared: one pass over their rows, at the speed of memory.
extension VectorIndex {
    /// The nearest vectors among those given, by comparing each; lower ordinals first among equals.
    ///
    /// - Throws: as `search`.
    /// - Complexity: O(*n*) comparisons for *n* ordinals given.
    public func exactSearch(
        _ query: [Float], k: Int, among ordinals: OrdinalSet, similarity: Float? = nil
    ) throws(VectorIndexError) -> VectorSearchResult {
        try check(.k, k)
        let query = try RowsQuery(nearest: query, configuration)
        let (neighbours, visited) = scan(query, k: k, among: ordinals)
        return result(neighbours, similarity: similarity, visited: visited, strategy: .exact)
    }

    /// A function's value for each of `ordinals`, ascending.
    ///
    /// - Throws: `missingVector` for one that has no vector; `zeroMagnitude`, also for a vector that has no cosine;
    ///   `dimensionMismatch`, `notFinite`, `notAByte`; `unsupportedMetric` for the cosine of bits, `unsupportedFunction`.
    /// - Complexity: O(*n*), one pass over the rows.
    public func values(
        _ function: VectorFunction, _ query: [Float], of ordinals: OrdinalSet
    ) throws(VectorIndexError) -> [Float] {
        let prepared = try RowsQuery(function, query, configuration)
        let rows = vectors.rows
        let present = present(ordinals, in: rows)
        guard present.count == ordinals.count else {
            throw .missingVector(ordinal: ordinals.subtracting(present).first ?? 0)
        }
        if function == .euclideanDistance || function == .manhattanDistance, configuration.storesUnitLength {
            return distances(query, rows, ordinals, isManhattan: function == .manhattanDistance)
        }
        var values = [Float](unsafeUninitializedCapacity: ordinals.count) { out, count in
            guard let start = out.baseAddress else { return }
            count = ordinals.words.withUnsafeBufferPointer { words in
                guard let first = words.baseAddress else { return 0 }
                return prepared.with(rows, vectors.header) { cvk_rows_values($0, first, words.count, start) }
            }
        }
        if function == .euclideanDistance {
            for index in values.indices { values[index] = max(0, values[index]).squareRoot() }
        } else if function == .cosine, values.contains(where: { !$0.isFinite }) {
            throw .zeroMagnitude
        }
        return values
    }

    /// The hits of given ordinals, in their order; nil for one that has no vector.
    ///
    /// - Throws: as `VectorIndexConfiguration.validate`.
    public func score(_ query: [Float], ordinals: [UInt32]) throws(VectorIndexError) -> [VectorHit?] {
        let query = try RowsQuery(nearest: query, configuration)
        let rows = vectors.rows(for: ordinals), parts = currentParts
        return query.with(rows, vectors.header) { described in
            ordinals.map { ordinal in
                guard ordinal < rows.count, parts.contains(ordinal) else { return nil }
                return hit(cvk_neighbour(distance: cvk_rows_value(described, ordinal), node: ordinal))
            }
        }
    }

    /// Reads the rows below `end` and compares nothing: what scans are measured against.
    ///
    /// - Returns: bytes read.
    public func readRows(below end: UInt32) -> Int {
        let rows = vectors.rows
        let count = Int(min(end, rows.count)) * vectors.header.rowBytes
        _ = cvk_read_all(rows.base, count)
        return count
    }

    /// The nearest by the query's values, and how many were compared.
    func scan(_ query: RowsQuery, k: Int, among ordinals: OrdinalSet) -> (neighbours: [cvk_neighbour], visited: Int) {
        let rows = vectors.rows
        let present = present(ordinals, in: rows)
        let wanted = min(k, present.count)
        guard wanted > 0 else { return ([], 0) }
        let neighbours = [cvk_neighbour](unsafeUninitializedCapacity: wanted) { out, count in
            guard let start = out.baseAddress else { return }
            count = present.words.withUnsafeBufferPointer { words in
                guard let first = words.baseAddress else { return 0 }
                return query.with(rows, vectors.header) { cvk_rows_nearest($0, first, words.count, wanted, start) }
            }
        }
        return (neighbours, present.count)
    }

    /// The nearest of candidates, by the query's values.
    ///
    /// - Parameter ordinals: They have vectors.
    func rank(_ ordinals: [UInt32], by query: RowsQuery, k: Int) -> [cvk_neighbour] {
        // Mapped before they were inserted, so they are now.
        let rows = vectors.rows(for: ordinals)
        let wanted = min(k, ordinals.count)
        return [cvk_neighbour](unsafeUninitializedCapacity: wanted) { out, count in
            guard wanted > 0, let start = out.baseAddress else { return }
            count = query.with(rows, vectors.header) { cvk_rows_nearest_of($0, ordinals, ordinals.count, wanted, start) }
        }
    }

    /// Those of the ordinals that were inserted and whose rows are mapped.
    func present(_ ordinals: OrdinalSet, in rows: RawVectors.Rows) -> OrdinalSet {
        currentParts.members(below: min(rows.count, ordinals.last.map { $0 + 1 } ?? 0)).intersection(ordinals)
    }

    /// Distances from vectors of which only the direction stands in the row. Not by way of the inner product: what is
    /// near would lose all its digits.
    private func distances(
        _ query: [Float], _ rows: RawVectors.Rows, _ ordinals: OrdinalSet, isManhattan: Bool
    ) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(ordinals.count)
        var vector = [Float](repeating: 0, count: configuration.dimensions)
        ordinals.forEach { ordinal in
            let row = rows.base + Int(ordinal) * vectors.header.rowBytes
            let magnitude = vectors.magnitude(of: row)
            for index in vector.indices { vector[index] = vectors.component(index, of: row) * magnitude }
            values.append(
                isManhattan
                    ? zip(query, vector).reduce(0) { $0 + abs($1.0 - $1.1) }
                    : VectorKernels.best.squaredL2(query, vector).squareRoot())
        }
        return values
    }
}
