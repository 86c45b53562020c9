internal import Ordinals
internal import VectorIndex

/// What the last commit left, in memory. Changed only after a commit, under the shard's lock.
struct ShardState: Sendable {
    /// Ordinals of the documents that are there.
    var live = OrdinalSet()
    /// Ordinals of the nested objects that are in them, each document's directly before its own.
    var nestedObjects = OrdinalSet()
    /// Ordinals below this have been given out.
    var nextOrdinal: UInt32 = 0
    var nextSequenceNumber: Int64 = 0
    var vectorFields: [String: VectorField] = [:]
    /// Ordinals that have a vector, dead ones too until they are purged.
    var vectorOrdinals: [String: OrdinalSet] = [:]
    /// Counts commits, so that what happened before a view can be told from what happened after.
    var generation = 0
    /// Superseded ordinals with the generation that superseded them, oldest first.
    var dead: [(ordinal: UInt32, generation: Int)] = []

    /// The ordinals whose rows are needed.
    var needed: OrdinalSet { nestedObjects.isEmpty ? live : live.union(nestedObjects) }

    /// Does something to each field's index. What is thrown names the field.
    func eachVectorIndex(
        _ body: (_ field: String, VectorIndex) throws(VectorIndexError) -> Void
    ) throws(ShardError) {
        for (name, field) in vectorFields {
            do throws(VectorIndexError) {
                try body(name, field.index)
            } catch {
                throw .vectors(field: name, error)
            }
        }
    }
}
