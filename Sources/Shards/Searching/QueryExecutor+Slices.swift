internal import FieldIndex
internal import Ordinals
internal import Query

extension QueryExecutor {
    /// The documents of a part of the shard.
    ///
    /// - Complexity: O(documents + values).
    func documents(of slice: Slice, among accepted: OrdinalSet) -> OrdinalSet {
        guard let field = slice.field else { return OrdinalSet(accepted.lazy.filter { slice.contains($0) }) }
        var rest = accepted
        var found: [UInt32] = []
        for numbers in view.fields.numbers(field) {
            var last: UInt32?
            numbers.forEachBlock(of: accepted) { ordinals, values in
                // A document's values stand together and ascend: the first is the least.
                for (ordinal, value) in zip(ordinals, values) where ordinal != last {
                    last = ordinal
                    _ = rest.remove(ordinal)
                    if slice.contains(value: UInt64(bitPattern: value)) { found.append(ordinal) }
                }
            }
        }
        var part = OrdinalSet(found)
        if slice.contains(value: nil) { part.formUnion(rest) }
        return part
    }
}
