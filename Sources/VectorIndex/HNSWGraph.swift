internal import CVectorKernels

/// The links between vectors: the C graph behind a face that cannot be misused.
///
/// Insertions and searches run at once. What changes the whole graph (`remove`, restoring) is for one thread, with
/// no insertion beside it; `VectorIndex` sees to that.
final class HNSWGraph: @unchecked Sendable {
    let handle: OpaquePointer

    init(m: Int, efConstruction: Int) throws(VectorIndexError) {
        guard let handle = cvk_graph_create(UInt32(m), UInt32(efConstruction)) else { throw .outOfMemory }
        self.handle = handle
    }

    deinit { cvk_graph_destroy(handle) }

    var facts: cvk_graph_facts { cvk_graph_get_facts(handle) }

    func contains(_ ordinal: UInt32) -> Bool { cvk_graph_contains(handle, ordinal) }

    func isLinked(_ ordinal: UInt32) -> Bool { cvk_graph_is_linked(handle, ordinal) }

    func level(_ ordinal: UInt32) -> UInt32 { cvk_graph_level(handle, ordinal) }

    func capacity(level: UInt32) -> Int { Int(cvk_graph_capacity(handle, level)) }

    func insert(_ ordinal: UInt32, in space: cvk_space, using context: SearchContext) throws(VectorIndexError) {
        var space = space
        guard cvk_graph_insert(handle, &space, context.handle, ordinal) == CVK_OK else { throw .outOfMemory }
    }

    func remove(_ ordinals: OrdinalSet, in space: cvk_space, using context: SearchContext) throws(VectorIndexError) {
        var space = space
        let status = ordinals.words.withUnsafeBufferPointer { words in
            cvk_graph_remove(
                handle, &space, context.handle, cvk_filter(words: words.baseAddress, word_count: words.count))
        }
        guard status == CVK_OK else { throw .outOfMemory }
    }

    enum Walk {
        case found([cvk_neighbour])
        /// More vectors than the budget would have to be compared.
        case overBudget
    }

    func search(
        _ query: [Float], k: Int, ef: Int, accepting: OrdinalSet, budget: Int, in space: cvk_space,
        using context: SearchContext
    ) throws(VectorIndexError) -> Walk {
        var space = space
        var status: Int64 = 0
        let found = accepting.words.withUnsafeBufferPointer { words in
            [cvk_neighbour](unsafeUninitializedCapacity: k) { out, count in
                guard let start = out.baseAddress, let bits = words.baseAddress else { return }
                let filter = cvk_filter(words: bits, word_count: words.count)
                status = cvk_graph_search(handle, &space, context.handle, query, k, ef, filter, budget, start)
                count = max(0, Int(status))
            }
        }
        if status == Int64(CVK_BUDGET_EXHAUSTED.rawValue) { return .overBudget }
        guard status >= 0 else { throw .outOfMemory }
        return .found(found)
    }

    func scan(
        _ query: [Float], k: Int, among: OrdinalSet, in space: cvk_space, using context: SearchContext
    ) throws(VectorIndexError) -> [cvk_neighbour] {
        var space = space
        var status: Int64 = 0
        let found = among.words.withUnsafeBufferPointer { words in
            [cvk_neighbour](unsafeUninitializedCapacity: k) { out, count in
                guard let start = out.baseAddress, let bits = words.baseAddress else { return }
                let filter = cvk_filter(words: bits, word_count: words.count)
                status = cvk_graph_scan(handle, &space, context.handle, query, k, filter, start)
                count = max(0, Int(status))
            }
        }
        guard status >= 0 else { throw .outOfMemory }
        return found
    }
}
