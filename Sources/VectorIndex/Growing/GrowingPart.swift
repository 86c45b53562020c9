internal import CVectorKernels
internal import Dispatch
internal import Ordinals
internal import VectorKernels

/// The part of an index that vectors are inserted into: an HNSW graph over codes, both in memory.
///
/// It knows vectors by their codes, which are a quarter of a float vector's size; what a walk finds are candidates, for
/// the index to compare exactly. This is the C graph behind a face that cannot be misused. Insertions and searches run
/// at once. What changes the whole graph (`remove`, restoring) is for one thread, with no insertion beside it;
/// `VectorIndex` sees to that.
final class GrowingPart: @unchecked Sendable {
    let handle: OpaquePointer

    init(_ configuration: VectorIndexConfiguration) throws(VectorIndexError) {
        guard
            let handle = cvk_graph_create(
                UInt32(configuration.m), UInt32(configuration.efConstruction), configuration.codeSpace)
        else { throw .outOfMemory }
        self.handle = handle
    }

    deinit { cvk_graph_destroy(handle) }

    var facts: cvk_graph_facts { cvk_graph_get_facts(handle) }

    var count: Int { Int(facts.members) }

    /// Bytes in memory for each vector: code, links at level 0, and bookkeeping.
    var bytesPerNode: Int { cvk_graph_node_bytes(handle) }

    func contains(_ ordinal: UInt32) -> Bool { cvk_graph_contains(handle, ordinal) }

    func isLinked(_ ordinal: UInt32) -> Bool { cvk_graph_is_linked(handle, ordinal) }

    func level(_ ordinal: UInt32) -> UInt32 { cvk_graph_level(handle, ordinal) }

    func capacity(level: UInt32) -> Int { Int(cvk_graph_capacity(handle, level)) }

    /// - Parameter vectors: They hold the ordinal's.
    func insert(_ ordinal: UInt32, of vectors: RawVectors, using context: SearchContext) throws(VectorIndexError) {
        let rows = vectors.rows, header = vectors.header, type = header.elementType
        var raw = cvk_raw_vectors(
            bytes: rows.base.assumingMemoryBound(to: UInt8.self), stride: header.rowBytes,
            length: type.componentCount(dimensions: header.dimensions) * type.componentBytes, count: rows.count)
        let components = vectors.components(of: ordinal, in: rows, buffer: context.components(header.dimensions))
        guard let start = components.baseAddress,
            cvk_graph_insert(handle, &raw, context.handle, ordinal, start) == CVK_OK
        else { throw .outOfMemory }
    }

    func remove(_ ordinals: OrdinalSet, using context: SearchContext) throws(VectorIndexError) {
        let status = ordinals.words.withUnsafeBufferPointer { words in
            cvk_graph_remove(handle, context.handle, cvk_filter(words: words.baseAddress, word_count: words.count))
        }
        guard status == CVK_OK else { throw .outOfMemory }
    }

    enum Walk {
        /// Nearest codes first.
        case found([UInt32])
        /// More codes than the budget would have to be compared.
        case overBudget
    }

    /// Accepted ordinals among which the `k` nearest vectors are, as far as a walk of the graph finds them.
    ///
    /// - Parameters:
    ///   - query: `[dimensions]`, as `RowsQuery.walkComponents` gives it.
    ///   - count: how many are returned at least, if there are so many; more where codes leave in doubt which are nearest.
    ///   - bounds: so many accepted ones are returned at most; at least `k` and `count`.
    ///   - budget: codes that may be compared.
    func candidates(
        for query: [Float], k: Int, count: Int, accepting: OrdinalSet, within bounds: WalkBounds, budget: Int = .max,
        using context: SearchContext
    ) throws(VectorIndexError) -> Walk {
        let (status, found) = ask(query, k: k, count: count, accepting: accepting, within: bounds, budget: budget) {
            cvk_graph_candidates(handle, context.handle, $0, $1)
        }
        if status == Int64(CVK_BUDGET_EXHAUSTED.rawValue) { return .overBudget }
        guard status >= 0 else { throw .outOfMemory }
        return .found(found)
    }

    /// Accepted ordinals among which the `k` nearest vectors are, by the codes of all; nearest codes first. Nil where codes
    /// leave more than `limit` in doubt.
    func scanned(
        for query: [Float], k: Int, count: Int, accepting: OrdinalSet, limit: Int, using context: SearchContext
    ) throws(VectorIndexError) -> [UInt32]? {
        let bounds = WalkBounds(max(limit, count))
        let (status, found) = ask(query, k: k, count: count, accepting: accepting, within: bounds) {
            cvk_graph_scan(handle, context.handle, $0, $1)
        }
        guard status >= 0 else { throw .outOfMemory }
        return context.isInDoubt ? nil : found
    }

    private func ask(
        _ query: [Float], k: Int, count: Int, accepting: OrdinalSet, within bounds: WalkBounds, budget: Int = .max,
        _ body: (UnsafePointer<cvk_graph_request>, UnsafeMutablePointer<UInt32>) -> Int64
    ) -> (status: Int64, found: [UInt32]) {
        var status: Int64 = 0
        let found = accepting.words.withUnsafeBufferPointer { words in
            query.withUnsafeBufferPointer { query in
                [UInt32](unsafeUninitializedCapacity: bounds.accepted) { out, found in
                    guard let start = out.baseAddress, let bits = words.baseAddress, let components = query.baseAddress else {
                        return
                    }
                    var request = cvk_graph_request(
                        components: components, ef: bounds.accepted, most: bounds.most, enough: bounds.enough,
                        limit: bounds.limit, filter: cvk_filter(words: bits, word_count: words.count), k: k, least: count,
                        visit_budget: budget)
                    status = body(&request, start)
                    found = max(0, Int(status))
                }
            }
        }
        return (status, found)
    }

    /// Computes the codes of all nodes, on all cores: a checkpoint holds links alone.
    ///
    /// - Parameter vectors: They hold those of all members.
    func restoreCodes(from vectors: RawVectors) {
        let end = Int(facts.end), piece = 1 << 13
        let rows = vectors.rows, dimensions = vectors.header.dimensions
        DispatchQueue.concurrentPerform(iterations: (end + piece - 1) / piece) { index in
            let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: dimensions)
            defer { buffer.deallocate() }
            for node in UInt32(index * piece)..<UInt32(min(end, (index + 1) * piece)) where contains(node) || isLinked(node) {
                if let start = vectors.components(of: node, in: rows, buffer: buffer).baseAddress {
                    cvk_graph_restore_code(handle, node, start)
                }
            }
        }
    }
}

extension VectorIndexConfiguration {
    /// How vectors become codes. Bytes and bits are codes already; but bytes of unit length are no whole numbers.
    var codeSpace: cvk_code_space {
        let kind =
            switch elementType {
            case .bit: CVK_CODE_BIT
            case .byte where !metric.normalises: CVK_CODE_BYTE
            case .float, .bfloat16, .byte: CVK_CODE_INT8
            }
        return cvk_code_space(
            kernels: CodeKernels.best.table, kind: kind, euclidean: metric == .euclidean, dimensions: dimensions)
    }
}
